"""A tiny preview on the emulator: its schedule fires, and it is removed whole."""

from collections.abc import Generator
from pathlib import Path
from time import monotonic, sleep

import pytest

from infragraph.deploy.aws.stacks import physical_ids
from tests.cli.command import infragraph
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
from infragraph import Service

beats = Service("beats")


@beats.cron("beat", schedule="* * * * *")
async def beat() -> None:
    print("beat")
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
