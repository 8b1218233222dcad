"""What Google Cloud does not take is told of, at the declaration where there is one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from infragraph.formats.gcloud import GCLOUD_PROBLEMS, unsaid
from infragraph.model.environment import Grant
from infragraph.model.source import SourceSpan
from infragraph.targets.gcp import GCP_PROBLEMS
from infragraph.targets.gcp.checks import findings
from infragraph.targets.gcp.setting import Setting
from tests.compiling import compiled
from tests.targets.gcp.plans import environment, lowered, planned

FILES = {
    "shop/__init__.py": 'from infragraph import Service\n\nshop = Service("shop")\n',
    "shop/api.py": """
from dataclasses import dataclass

from infragraph import Topic
from shop import shop


@dataclass(frozen=True)
class Order:
    id: str


orders = Topic[Order]("orders")


@shop.post("/orders", access="public")
async def order(id: str) -> None:
    await orders.publish(Order(id))
""",
    "mail/__init__.py": 'from infragraph import Service\n\nmail = Service("mail")\n',
    "mail/handlers.py": """
from mail import mail
from shop.api import Order, order, orders


@mail.subscribe(orders, "thank")
async def thank(paid: Order) -> None:
    await order("again")
""",
}
GRAPH, _ = compiled(FILES)


def grant(
    actions: tuple[str, ...] = ("roles/bigquery.dataViewer",),
    resources: tuple[str, ...] = ("projects/example",),
) -> Mapping[str, tuple[Grant, ...]]:
    return {"shop": (Grant(reason="reports", actions=actions, resources=resources),)}


WRONG = {
    "IG4070 key": (
        {"tags": {"CostCentre": "a"}},
        "the tag 'CostCentre' of environment 'prod' is no label: its key is none",
    ),
    "IG4070 value": (
        {"tags": {"owner": "Team Blue"}},
        "the tag 'owner' of environment 'prod' is no label: its value is 'Team Blue'",
    ),
    "IG4070 ours": (
        {"tags": {"infragraph-app": "a"}},
        "the tag 'infragraph-app' of environment 'prod' is no label: its key is one of ours",
    ),
    "IG4071 action": (
        {"grants": grant(actions=("s3:*",))},
        (
            "the grant to service 'shop' names the action 's3:*', which is neither a role nor a"
            " permission"
        ),
    ),
    "IG4071 resource": (
        {"grants": grant(resources=("organizations/1",))},
        (
            "the grant to service 'shop' names the resource 'organizations/1', which is nothing"
            " that a role is given on"
        ),
    ),
    "IG4072": (
        {"bindings": {"service:shop": "https://shop.example.com"}},
        (
            "service 'shop' is known by its address alone, so that service 'mail' is given no right"
            " to call it"
        ),
    ),
    "IG4073": (
        {"subscribers": {"topic:orders": ("example-others",)}},
        "'orders' is opened to the project 'example-others' by its id",
    ),
    "IG4076": (
        {"kms_key": "projects/p/locations/l/keyRings/r/cryptoKeys/k"},
        "'kms_key' of environment 'prod' is not used on Google Cloud",
    ),
    "IG4077": (
        {"image_platform": "linux/arm64"},
        "images of environment 'prod' are for linux/arm64, and Cloud Run runs linux/amd64",
    ),
    "IG4074": (
        {"domain": "shop.example.com"},
        "the domain 'shop.example.com' of environment 'prod' is not set up",
    ),
}


@pytest.mark.parametrize(("settings", "message"), WRONG.values(), ids=WRONG)
def test_a_setting_that_cannot_be_is_told_of(
    settings: Mapping[str, object], message: str, request: pytest.FixtureRequest
) -> None:
    _, found = lowered(GRAPH, **settings)

    code = request.node.callspec.id.split()[0]
    assert [(it.code, it.message) for it in found] == [(code, message)]


def test_a_setting_is_told_of_where_it_is_written() -> None:
    domain, action = (
        SourceSpan(path="infragraph.yaml", line=at, column=5, end_line=at, end_column=9)
        for at in (7, 8)
    )

    _, found = lowered(
        GRAPH,
        domain="shop.example.com",
        grants=grant(actions=("s3:*",)),
        places={("domain",): domain, ("grants", "shop", "0", "actions", "0"): action},
    )

    assert {it.code: it.span for it in found} == {"IG4074": domain, "IG4071": action}


def test_settings_that_can_be_are_not() -> None:
    _, found = lowered(
        GRAPH,
        tags={"cost-centre": "retail", "team": "blue_1"},
        grants=grant(resources=("topic:orders", "projects/_/buckets/example")),
        subscribers={"topic:orders": ("210987654321",)},
    )

    assert found == ()


def test_two_things_of_one_name_are_told_of() -> None:
    plan = planned(GRAPH)
    one, other = [it for it in plan.resources if it.address.startswith("PubSubTopic/")][:2]
    spec = {"resourceID": "same"}
    alike = tuple(replace(it, properties={**it.properties, "spec": spec}) for it in (one, other))
    setting = Setting(graph=GRAPH, environment=environment(GRAPH))

    found = list(findings(setting, alike))

    assert [it.code for it in found] == ["IG4075"]


def test_a_property_without_a_flag_is_told_of_at_its_declaration() -> None:
    plan = planned(GRAPH)
    topic = next(it for it in plan.resources if it.address == "PubSubTopic/app-prod-orders")
    spec = topic.properties["spec"]
    assert isinstance(spec, Mapping)
    changed = {**topic.properties, "spec": {**spec, "kmsKeyRef": {"external": "projects/p/x"}}}
    resources = tuple(
        replace(it, properties=changed) if it == topic else it for it in plan.resources
    )

    found = unsaid(replace(plan, resources=resources), GRAPH)

    span = next(node.span for node in GRAPH.nodes if node.id == "topic:orders")
    assert [(it.code, it.message, it.span) for it in found] == [
        ("IG4080", "spec.kmsKeyRef of PubSubTopic/app-prod-orders cannot be set by gcloud", span)
    ]


def test_every_problem_is_one_that_is_tested_here() -> None:
    codes = {problem.code for problem in (*GCP_PROBLEMS, *GCLOUD_PROBLEMS)}

    assert codes == {*(name.split()[0] for name in WRONG), "IG4075", "IG4080"}
