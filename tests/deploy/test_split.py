"""The shop in a stack for each layer, on the emulator."""

import shutil
from pathlib import Path

import pytest

from infragraph.deploy.aws.stacks import physical_ids
from tests.cli.command import infragraph
from tests.deploy.emulator import ISSUER, Agent, client, emulator, variables
from tests.deploy.messages import Message, publish, received
from tests.deploy.test_emulated import CERTIFICATE, FIRST, FIXTURES, SECOND, clients, deploy

pytestmark = pytest.mark.slow


def test_stacks_find_each_other_and_are_updated_in_their_order(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(FIXTURES / "shop", folder)
    configuration = folder / "infragraph.yaml"
    text = configuration.read_text()
    split = text.replace("    class: production\n", "    class: production\n    layout: split\n", 1)
    configuration.write_text(split)
    words = ("deploy", "aws", str(folder), "--env", "prod", "--bootstrap", "--yes")
    given = ("--parameter", "GitHubRepository=a/b", "--parameter", "GitHubEnvironment=prod")

    with emulator(tmp_path / "log") as url, Agent(url):
        client(url, "iam").create_open_id_connect_provider(
            Url=ISSUER, ClientIDList=["sts.amazonaws.com"]
        )
        made = infragraph(*words, *given, environment=variables(url))
        assert made.returncode == 0, made.stderr
        first = deploy(url, folder, "prod", "--image", FIRST, "--parameter", CERTIFICATE)
        assert first.returncode == 0, first.stderr
        topic = physical_ids(clients(url), "shop-Prod-Data")["SignupsTopic"]
        queue = physical_ids(clients(url), "shop-Prod-Emails")["SignupsSendWelcomeEmailQueue"]
        publish(client(url, "sns"), topic, Message(body="hello", attributes={}))
        got = received(client(url, "sqs"), queue)
        second = deploy(url, folder, "prod", "--image", SECOND)

    assert got == ["hello"]
    assert second.returncode == 0, second.stderr
    updated = [line for line in second.stderr.splitlines() if line.startswith("shop-Prod-")]
    assert updated[-2:] == [
        "shop-Prod-Network: nothing to change",
        "shop-Prod-Data: nothing to change",
    ]
