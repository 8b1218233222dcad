"""Whole applications, deployed by the command to an emulator of AWS and used there.

What the emulator lacks is left out by its type, and the command names every resource of it.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.stacks import find, physical_ids
from infragraph.deploy.aws.templates import SERVICE, Template, counts, of_type
from infragraph.model.graph import InfraGraph, Node
from infragraph.targets.aws.references import queue_address, topic_address
from tests import expectations
from tests.cli.command import infragraph
from tests.deploy.emulator import (
    ACCOUNT,
    ISSUER,
    LACKING,
    REGION,
    Agent,
    client,
    emulator,
    variables,
)
from tests.deploy.messages import (
    Message,
    is_wanted,
    of_topic,
    poisoned,
    publish,
    received,
    sent_to,
)
from tests.test_applications import SHARED

FIRST = "sha256:" + 64 * "1"
SECOND = "sha256:" + 64 * "2"
ENVIRONMENT = "live"
FIXTURES = Path(__file__).parents[2] / "fixtures"
SETTINGS = f"""
environments:
  {ENVIRONMENT}:
    target: aws
    region: {REGION}
    account: "{ACCOUNT}"
    domain: app.example.com
    observability:
      alarms_to: oncall@example.com
"""
CERTIFICATE = f"CertificateArn=arn:aws:acm:{REGION}:{ACCOUNT}:certificate/0a1b"

# One worker deploys for all of them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("emulated")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """An application after its first deployment, which said what `first` holds."""

    url: str
    folder: Path
    environment: str
    graph: InfraGraph
    first: "subprocess.CompletedProcess[str]"
    jobs: tuple[str, ...]

    @property
    def stack(self) -> str:
        return f"{self.graph.application}-{self.environment}"

    def client(self, service: str) -> Any:
        return client(self.url, service)

    def template(self) -> Template:
        stack = find(clients(self.url), self.stack)
        assert stack is not None
        return stack.template

    def physical(self) -> dict[str, str]:
        return dict(physical_ids(clients(self.url), self.stack))

    def run(self, *options: str) -> "subprocess.CompletedProcess[str]":
        with Agent(self.url):
            return deploy(self.url, self.folder, self.environment, *options)


def deploy(
    url: str, folder: Path, environment: str, *options: str
) -> "subprocess.CompletedProcess[str]":
    without = [word for type_ in LACKING for word in ("--without", type_)]
    return infragraph(
        "deploy",
        "aws",
        str(folder),
        "--env",
        environment,
        "--yes",
        *without,
        *options,
        environment=variables(url),
    )


def clients(url: str) -> Clients:
    made = {name: client(url, name) for name in ("cloudformation", "ecs", "iam", "logs", "s3")}
    rest = {name: client(url, name) for name in ("secretsmanager", "sts")}
    return Clients(region=REGION, is_emulated=True, **made, **rest)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    with emulator(tmp_path_factory.mktemp("emulator") / "log") as found:
        # The emulator has no type for it, and an account may have one already.
        client(found, "iam").create_open_id_connect_provider(
            Url=ISSUER, ClientIDList=["sts.amazonaws.com"]
        )
        yield found


# In CI the one with everything in it; the others take as long again.
_OTHERS = [pytest.param(name, marks=pytest.mark.thorough) for name in ("saas", "uptime")]


@pytest.fixture(scope="module", params=["shop", *_OTHERS])
def it(
    request: pytest.FixtureRequest, url: str, tmp_path_factory: pytest.TempPathFactory
) -> Deployed:
    """Bootstrapped, then deployed for the first time."""
    folder, environment = _application(request.param, tmp_path_factory.mktemp("application"))
    made = infragraph(
        "deploy",
        "aws",
        str(folder),
        "--env",
        environment,
        "--bootstrap",
        "--yes",
        "--parameter",
        "GitHubRepository=acme/shop",
        "--parameter",
        f"GitHubEnvironment={environment}",
        environment=variables(url),
    )
    assert made.returncode == 0, made.stderr
    with Agent(url) as agent:
        options = ("--image", FIRST, "--parameter", CERTIFICATE)
        first = deploy(url, folder, environment, *options)
    assert first.returncode == 0, first.stderr
    return Deployed(
        url=url,
        folder=folder,
        environment=environment,
        graph=expectations.report(folder).graph,
        first=first,
        jobs=tuple(agent.ended),
    )


def _application(name: str, place: Path) -> tuple[Path, str]:
    """A copy that may be changed, with an environment on AWS."""
    own, shared = FIXTURES / name, SHARED / name
    if not own.is_dir() and not shared.is_dir():
        pytest.skip("the shared applications are not beside the repository")
    folder = place / name
    shutil.copytree(own if own.is_dir() else shared, folder)
    if own.is_dir():
        return folder, "prod"
    with (folder / "infragraph.yaml").open("a") as file:
        file.write(SETTINGS)
    return folder, ENVIRONMENT


def test_first_deployment_goes_through_all_phases(it: Deployed) -> None:
    phases = re.findall(r"^== (.+)$", it.first.stderr, re.MULTILINE)
    has_databases = any(node.kind == "database" for node in it.graph.nodes)
    family = f"{it.graph.application}_{it.environment}"

    assert phases == ["infrastructure", "secrets", "databases", "consumers", "publishers"]
    assert list(it.jobs) == (
        [f"{family}_db-bootstrap", f"{family}_db-migrate"] if has_databases else []
    )
    assert f"ClusterName = {it.physical()['Cluster']}" in it.first.stdout


def test_all_is_there_but_what_the_emulator_lacks_which_is_named(
    it: Deployed,
) -> None:
    made = infragraph(
        "generate", "aws", str(it.folder), "--env", it.environment, "--only", "manifests"
    )
    assert made.returncode == 0, made.stderr
    generated = json.loads(
        (it.folder / "deploy/aws" / it.environment / "template.json").read_text()
    )["Resources"]
    named = set(re.findall(r"^left out: (\w+), ", it.first.stderr, re.MULTILINE))

    assert {*it.physical(), *named} == set(generated)
    by_type = {generated[name]["Type"] for name in named}
    needing = {"AWS::EC2::Route"}
    assert by_type <= {*LACKING, *needing}
    statuses = {
        one["ResourceStatus"]
        for page in it.client("cloudformation")
        .get_paginator("list_stack_resources")
        .paginate(StackName=it.stack)
        for one in page["StackResourceSummaries"]
    }
    assert statuses <= {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


def test_services_run_as_many_tasks_as_they_are_to(it: Deployed) -> None:
    template, physical = it.template(), it.physical()
    parameters = template["Parameters"]
    wanted = {
        physical[service]: int(parameters[name]["Default"])
        for name, about in counts(template).items()
        for service in about
    }

    described = [
        one
        for arn in sorted(wanted)
        for one in it.client("ecs").describe_services(cluster=physical["Cluster"], services=[arn])[
            "services"
        ]
    ]

    assert {one["serviceArn"]: one["desiredCount"] for one in described} == wanted
    assert set(wanted) == {physical[name] for name, _ in of_type(template, SERVICE)}
    assert min(wanted.values()) > 0


def test_messages_arrive_in_exactly_the_right_queues(it: Deployed) -> None:
    physical, sqs = it.physical(), it.client("sqs")
    queues = {
        node.id: physical[queue_address(node)]
        for node in it.graph.nodes
        if node.kind == "subscription"
    }
    expected: dict[str, list[str]] = {id_: [] for id_ in queues}
    for topic in _topics(it):
        subscriptions = of_topic(it.graph, topic)
        for message in sent_to(topic, subscriptions):
            publish(it.client("sns"), physical[topic_address(topic)], message)
            for one in subscriptions:
                if is_wanted(one, message):
                    expected[one.id].append(message.body)

    found = {id_: sorted(received(sqs, queue)) for id_, queue in queues.items()}

    assert found == {id_: sorted(bodies) for id_, bodies in expected.items()}
    assert any(bodies for bodies in found.values())
    dead = [thing for name, thing in physical.items() if name.endswith("DeadLetters")]
    assert {queue: _waiting(sqs, queue) for queue in dead} == dict.fromkeys(dead, 0)


def test_ordered_topics_keep_the_order_of_each_key(it: Deployed) -> None:
    physical, sns, sqs = it.physical(), it.client("sns"), it.client("sqs")
    ordered = [node for node in _topics(it) if node.properties["ordering_key"] is not None]
    if not ordered:
        pytest.skip(f"no topic of {it.graph.application} is ordered")
    for topic in ordered:
        arn = physical[topic_address(topic)]
        assert arn.endswith(".fifo")
        sent = [
            Message(body=f"{key} {number:02}", attributes={}, key=key)
            for number in range(20)
            for key in ("a", "b", "c")
        ]
        for message in (*sent, *sent):  # The second time they are duplicates.
            publish(sns, arn, message)

        for one in of_topic(it.graph, topic):
            if one.properties["filter"] is None:
                bodies = received(sqs, physical[queue_address(one)])
                for key in ("a", "b", "c"):
                    own = [body for body in bodies if body.startswith(key)]
                    assert own == [f"{key} {number:02}" for number in range(20)]


def test_poison_ends_in_the_dead_letter_queue_after_its_attempts(it: Deployed) -> None:
    physical, sqs = it.physical(), it.client("sqs")
    for one in (node for node in it.graph.nodes if node.kind == "subscription"):
        queue = physical[queue_address(one)]
        fifo = {"MessageGroupId": "g", "MessageDeduplicationId": f"poison {one.id}"}
        sqs.send_message(
            QueueUrl=queue, MessageBody="poison", **(fifo if queue.endswith(".fifo") else {})
        )
        retry: Any = one.properties["retry"]
        attempts = int(retry["max_attempts"])

        got = poisoned(sqs, queue, attempts)

        dead = physical.get(queue_address(one, "dead-letters"))
        if one.properties["dead_letter"] is False:
            assert dead is None
            assert got == ["poison"] * (attempts + 1)
        else:
            assert dead is not None
            assert got == ["poison"] * attempts
            assert received(sqs, dead) == ["poison"]


def test_later_image_replaces_services_and_rollback_brings_them_back(it: Deployed) -> None:
    configuration = it.folder / "infragraph.yaml"
    text = configuration.read_text()
    changed = text.replace("oncall@example.com", "nobody@example.com")
    assert changed != text
    configuration.write_text(changed)

    plan = it.run("--image", SECOND, "--plan", "--format", "markdown")
    updated = it.run("--image", SECOND)
    images = _images(it)
    back = it.run("--rollback", FIRST)

    assert plan.returncode == 0, plan.stderr
    assert "<code>AlarmReceiverEmail</code>" in plan.stdout
    assert "<code>AWS::ECS::Service</code>" in plan.stdout
    assert updated.returncode == 0, updated.stderr
    assert "== consumers, then publishers" in updated.stderr
    assert images == {SECOND}
    assert back.returncode == 0, back.stderr
    assert _images(it) == {FIRST}
    stack = find(clients(it.url), it.stack)
    assert stack is not None
    assert stack.status == "UPDATE_COMPLETE"
    assert stack.is_protected


def _topics(it: Deployed) -> Iterator[Node]:
    """Those of the application: the emulator delivers nothing from one account to another."""
    for node in it.graph.nodes:
        if node.kind == "topic" and node.properties["external"] is True:
            print(f"{node.id} lies in another account, and is not published to")  # noqa: T201
        elif node.kind == "topic":
            yield node


def _waiting(sqs: Any, queue: str) -> int:
    name = "ApproximateNumberOfMessages"
    got = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])
    return int(got["Attributes"][name])


def _images(it: Deployed) -> set[str]:
    """Of what the ECS services run."""
    ecs, physical = it.client("ecs"), it.physical()
    found: set[str] = set()
    for name, _ in of_type(it.template(), SERVICE):
        service = ecs.describe_services(cluster=physical["Cluster"], services=[physical[name]])
        definition = ecs.describe_task_definition(
            taskDefinition=service["services"][0]["taskDefinition"]
        )["taskDefinition"]
        found |= {one["image"].partition("@")[2] for one in definition["containerDefinitions"]}
    return found
