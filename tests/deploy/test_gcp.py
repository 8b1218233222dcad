"""Deployments to Google Cloud, by a gcloud that keeps what it is told."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.command import PLAIN
from tests.formats.gcloud.fake_gcloud import Call, FakeGcloud

SHOP = Path(__file__).parents[2] / "fixtures/shop"
IMAGE = "europe-west4-docker.pkg.dev/shop-production/shop/shop@sha256:" + 64 * "1"
NUMBER = "123456789012"

pytestmark = pytest.mark.slow


@dataclass(slots=True)
class Deploying(FakeGcloud):
    """Beside what the script asks for, it has what a deployment asks for between stages."""

    number: str = NUMBER
    values: dict[str, str] = field(default_factory=dict[str, str])
    gone: frozenset[str] = frozenset()

    def answer(self, words: list[str], given: str) -> tuple[int, str]:
        match words:
            case ["projects", "describe", *_]:
                said = (0, self.number)
            case ["secrets", "versions", "list", name, *_]:
                said = (0, "versions/1" if name in self.values else "")
            case ["run", "jobs", "execute", *_] | ["secrets", "versions", "add", *_]:
                said = (0, "")
            case [*_, "--quiet"] if "delete" in words:
                name = words[words.index("delete") + 1]
                said = (0, "") if name not in self.gone else (1, f"ERROR: NOT_FOUND: {name}\n")
            case _:
                return FakeGcloud.answer(self, words, given)
        self.calls.append(Call(command=" ".join(words[:3]), words=tuple(words), code=said[0]))
        return said

    def ran(self, *words: str) -> list[str]:
        """The fourth word of every call that begins with these three."""
        return [one.words[3] for one in self.calls if one.words[:3] == words]


class Every(dict[str, str]):
    """Has a value for each secret."""

    def __contains__(self, _: object) -> bool:
        return True


def command(
    cloud: FakeGcloud, folder: Path, *arguments: str, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    variables = {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "INFRAGRAPH_RETRY_SECONDS": "0",
    }
    with cloud.serving(folder):
        return subprocess.run(
            [sys.executable, "-m", "infragraph", *arguments],
            env={**PLAIN, **variables},
            input=typed,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def deploy(cloud: FakeGcloud, folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    words = ("deploy", "gcp", str(SHOP), "--env", "prod-gcp", *options)
    return command(cloud, folder, *words)


def test_deployment_stops_for_secrets_and_then_migrates_before_services(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production")

    stopped = deploy(cloud, tmp_path, "--image", IMAGE, "--yes")

    assert stopped.returncode == 1, stopped.stderr
    assert "no value is set for " in stopped.stderr
    assert "infragraph secrets set SMTP_PASSWORD --env prod-gcp" in stopped.stderr
    assert cloud.ran("run", "services", "replace") == []

    cloud.values = Every()
    cloud.calls.clear()
    done = deploy(cloud, tmp_path, "--image", IMAGE, "--yes")

    assert done.returncode == 0, done.stderr
    verbs = [one.words[:3] for one in cloud.calls]
    jobs = cloud.ran("run", "jobs", "execute")
    assert jobs[0] == "shop--prod-gcp--bootstrap--databases"
    assert all("--migrate--" in name for name in jobs[1:])
    assert len(jobs) > 1
    last = len(verbs) - 1 - verbs[::-1].index(("run", "jobs", "execute"))
    assert last < verbs.index(("run", "services", "replace"))
    assert "# leftovers" in done.stderr


def test_plan_changes_nothing_and_needs_no_image(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production")

    shown = deploy(cloud, tmp_path, "--plan", "--format", "markdown")

    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("### shop-prod-gcp\n\n```sh\n# apis\n")
    assert "gcloud pubsub topics create" in shown.stdout
    assert [named for named in cloud.things.values() if named] == []


def test_rollback_replaces_services_alone(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production", values=Every())
    assert deploy(cloud, tmp_path, "--image", IMAGE, "--yes").returncode == 0
    cloud.calls.clear()

    back = deploy(cloud, tmp_path, "--rollback", IMAGE.replace("1" * 64, "2" * 64), "--yes")

    assert back.returncode == 0, back.stderr
    changing = {one.words[:3] for one in cloud.calls if "replace" in one.words}
    assert ("run", "services", "replace") in changing
    assert cloud.ran("run", "jobs", "execute") == []


def test_project_with_another_number_stops(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production", number="999999999999")

    stopped = deploy(cloud, tmp_path, "--image", IMAGE, "--yes")

    assert stopped.returncode == 2
    assert "gcloud says that its number is 999999999999" in stopped.stderr
    assert len(cloud.calls) == 1


@pytest.mark.parametrize("image", ["shop:latest", "sha256:" + 64 * "1"])
def test_image_without_repository_or_digest_stops(image: str, tmp_path: Path) -> None:
    stopped = deploy(Deploying(project="shop-production"), tmp_path, "--image", image, "--yes")

    assert stopped.returncode == 2
    assert "has to be named by its repository and digest" in stopped.stderr


def test_options_about_aws_are_refused(tmp_path: Path) -> None:
    stopped = deploy(Deploying(project="shop-production"), tmp_path, "--allow-replace", "Topic")

    assert stopped.returncode == 2
    assert "--allow-replace is about AWS" in stopped.stderr


def test_removal_tells_what_stays_and_wants_the_name(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production")

    refused = command(cloud, tmp_path, "destroy", "gcp", str(SHOP), "--env", "prod-gcp", "--yes")

    assert refused.returncode == 2
    assert "--yes removes previews alone" in refused.stderr
    going, _, staying = refused.stdout.partition("This stays")
    assert "PubSubTopic shop--prod-gcp--signups\n" in going
    assert "RunService shop--prod-gcp--orders\n" in going
    assert "SecretManagerSecret" in staying
    assert "SQLInstance" in staying
    assert cloud.calls == []


def test_removal_goes_on_where_something_is_gone_already(tmp_path: Path) -> None:
    gone = "shop--prod-gcp--signups"
    cloud = Deploying(project="shop-production", gone=frozenset({gone}))

    done = command(
        cloud, tmp_path, "destroy", "gcp", str(SHOP), "--env", "prod-gcp", typed="prod-gcp\n"
    )

    assert done.returncode == 0, done.stderr
    assert f"PubSubTopic {gone} was not there" in done.stderr
    assert "RunService shop--prod-gcp--orders removed" in done.stderr
    removed = [one.words for one in cloud.calls if "delete" in one.words]
    kinds = list(dict.fromkeys(words[: words.index("delete")] for words in removed))
    assert kinds[0] == ("scheduler", "jobs")
    assert kinds[-1] == ("iam", "service-accounts")
    assert all("--project=shop-production" in words for words in removed)
    assert not any(words[0] in {"sql", "secrets", "storage"} for words in removed)


def test_another_name_removes_nothing(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production")

    done = command(
        cloud, tmp_path, "destroy", "gcp", str(SHOP), "--env", "prod-gcp", typed="prod\n"
    )

    assert done.returncode == 1
    assert "nothing was removed" in done.stderr
    assert cloud.calls == []


def test_value_of_a_secret_is_no_argument(tmp_path: Path) -> None:
    cloud = Deploying(project="shop-production")
    words = ("secrets", "set", "SMTP_PASSWORD", str(SHOP), "--env", "prod-gcp")

    done = command(cloud, tmp_path, *words, typed="s3cret\n")

    assert done.returncode == 0, done.stderr
    (call,) = cloud.calls
    assert call.words[:3] == ("secrets", "versions", "add")
    assert call.words[-1] == "--data-file=-"
    assert "s3cret" not in done.stdout + done.stderr + " ".join(call.words)


def test_unknown_secret_is_told_with_the_nearest(tmp_path: Path) -> None:
    words = ("secrets", "set", "SMTP_PASWORD", str(SHOP), "--env", "prod-gcp")

    done = command(Deploying(project="shop-production"), tmp_path, *words, typed="x")

    assert done.returncode == 2
    assert "no secret 'SMTP_PASWORD'; did you mean 'SMTP_PASSWORD'?" in done.stderr
