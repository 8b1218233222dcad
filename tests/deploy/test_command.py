"""The commands, as far as they get without a cloud."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.command import infragraph

NOWHERE: Mapping[str, str] = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_ACCESS_KEY_ID": "",
    "AWS_SECRET_ACCESS_KEY": "",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
CONFIGURATION = """\
application: tiny
environments:
  live:
    target: aws
    region: eu-west-1
    account: "123456789012"
  other:
    target: gcp
    region: europe-west4
    project: example-other
    project_number: "123456789012"
"""
SOURCE = """\
from infragraph import Service, Topic

beats = Service("beats")
ticks = Topic[str]("ticks")


@beats.subscribe(ticks, "count")
async def count(tick: str) -> None:
    print(tick)


@beats.cron("beat", every="1h")
async def beat() -> None:
    await ticks.publish("tick")
"""
UNRESOLVED = (
    SOURCE
    + """

def unknown() -> Topic[str]:
    return Topic[str](input())


@beats.cron("other", every="1h")
async def other() -> None:
    await unknown().publish("tick")
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "infragraph.yaml").write_text(CONFIGURATION)
    (tmp_path / "tiny.py").write_text(SOURCE)
    return tmp_path


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return infragraph(*arguments, environment=NOWHERE)


@pytest.mark.slow
def test_environment_has_to_be_named(folder: Path) -> None:
    done = run("deploy", "aws", str(folder))

    assert done.returncode == 2
    assert "has to be named with --env; environments of aws: live" in done.stderr


def test_environment_of_another_cloud_is_told(folder: Path) -> None:
    done = run("deploy", "aws", str(folder), "--env", "other")

    assert done.returncode == 2
    assert "'other' lies on gcp, and not on aws" in done.stderr


def test_two_images_are_refused(folder: Path) -> None:
    done = run(
        "deploy", "aws", str(folder), "--env", "live", "--image", "sha256:1", "--rollback", "x"
    )

    assert done.returncode == 2
    assert done.stderr == "infragraph: --image and --rollback name two images; name one\n"


def test_parameter_without_a_value_is_refused(folder: Path) -> None:
    done = run("deploy", "aws", str(folder), "--env", "live", "--parameter", "CertificateArn")

    assert done.returncode == 2
    assert "--parameter takes NAME=VALUE, and not 'CertificateArn'" in done.stderr


def test_missing_credentials_are_told_with_the_next_step(folder: Path) -> None:
    done = run("deploy", "aws", str(folder), "--env", "live", "--plan")

    assert done.returncode == 2
    assert "infragraph: there are no credentials for AWS\n  sign in: aws sso login" in done.stderr


@pytest.mark.parametrize("command", [("deploy", "aws"), ("deploy", "gcp")])
def test_nothing_is_asked_of_a_cloud_while_the_source_has_unresolved_uses(
    command: tuple[str, str], folder: Path
) -> None:
    (folder / "tiny.py").write_text(UNRESOLVED)
    environment = "live" if command[1] == "aws" else "other"

    done = run(*command, str(folder), "--env", environment, "--plan")

    assert done.returncode == 1
    assert "nothing is generated until this is mended" in done.stderr
    assert "credentials" not in done.stderr


def test_removal_of_what_is_no_preview_does_not_take_yes_for_an_answer(folder: Path) -> None:
    done = run("destroy", "gcp", str(folder), "--env", "other", "--yes")

    assert done.returncode == 2
    assert "--yes removes previews alone, and 'other' is none; type its name" in done.stderr


def test_value_of_a_secret_cannot_be_an_argument(folder: Path) -> None:
    done = run("secrets", "set", "TOKEN", str(folder), "s3cret", "--env", "live")

    assert done.returncode == 2
    assert "unexpected extra argument" in done.stderr.lower()
