"""A tiny preview on the emulator: a schedule fires, a secret is set, and all of it is removed."""

import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from time import monotonic, sleep

import pytest

from infragraph.deploy.aws.stacks import find, physical_ids
from tests.cli.command import PLAIN, infragraph
from tests.deploy.emulator import ACCOUNT, ISSUER, REGION, client, emulator, variables
from tests.deploy.test_emulated import FIRST, clients, deploy

LONGEST = 150.0

CONFIGURATION = f"""
application: tiny
environments:
  pr-*:
    target: aws
    region: {REGION}
    account: "{ACCOUNT}"
"""
SOURCE = """\
from infragraph import Bucket, Secret, Service

beats = Service("beats")
kept = Bucket("kept")
token = Secret("TOKEN")


@beats.cron("beat", schedule="* * * * *")
async def beat() -> None:
    await kept.upload("k", token.get().encode())
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    with emulator(tmp_path_factory.mktemp("emulator") / "log") as found:
        client(found, "iam").create_open_id_connect_provider(
            Url=ISSUER, ClientIDList=["sts.amazonaws.com"]
        )
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, url: str) -> Path:
    place = tmp_path_factory.mktemp("tiny")
    (place / "infragraph.yaml").write_text(CONFIGURATION)
    (place / "beats.py").write_text(SOURCE)
    made = infragraph(
        "deploy",
        "aws",
        str(place),
        "--env",
        "pr-7",
        "--bootstrap",
        "--yes",
        "--parameter",
        "GitHubRepository=acme/tiny",
        "--parameter",
        "GitHubEnvironment=previews",
        environment=variables(url),
    )
    assert made.returncode == 0, made.stderr
    first = deploy(url, place, "pr-7", "--image", FIRST)
    assert first.returncode == 0, first.stderr
    return place


def command(url: str, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "infragraph", *arguments],
        env={**PLAIN, **variables(url)},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.usefixtures("folder")
def test_schedule_fires_into_the_queue_of_its_service(url: str) -> None:
    physical = physical_ids(clients(url), "tiny-pr-7")
    queue = physical["BeatsServiceCrons"]
    sqs = client(url, "sqs")
    end = monotonic() + LONGEST
    fired: list[str] = []

    while not fired and monotonic() < end:
        got = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1)
        fired += [one["Body"] for one in got.get("Messages", ())]
        sleep(1)

    assert fired
    assert "beat" in fired[0]


def test_secret_is_given_its_value_through_standard_input(url: str, folder: Path) -> None:
    done = command(url, "secrets", "set", "TOKEN", str(folder), "--env", "pr-7", typed="s3cret\n")

    assert done.returncode == 0, done.stderr
    assert "s3cret" not in done.stdout + done.stderr
    secret = physical_ids(clients(url), "tiny-pr-7")["TokenSecret"]
    value = client(url, "secretsmanager").get_secret_value(SecretId=secret)
    assert value["SecretString"] == "s3cret"


def test_preview_is_removed_whole_with_what_its_bucket_holds(url: str, folder: Path) -> None:
    bucket = physical_ids(clients(url), "tiny-pr-7")["KeptBucket"]
    s3 = client(url, "s3")
    for number in range(3):
        s3.put_object(Bucket=bucket, Key="k", Body=str(number).encode())

    done = command(url, "destroy", "aws", str(folder), "--env", "pr-7", "--yes")

    assert done.returncode == 0, done.stderr
    assert "Nothing of them stays." in done.stdout
    assert find(clients(url), "tiny-pr-7") is None
    assert bucket not in [one["Name"] for one in s3.list_buckets()["Buckets"]]
    again = command(url, "destroy", "aws", str(folder), "--env", "pr-7", "--yes")
    assert again.returncode == 0
    assert "nothing of tiny-pr-7 is there" in again.stderr
