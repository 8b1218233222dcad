"""A whole graph as a plan for AWS, and what is said of a plan that AWS would not take."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_search
from hypothesis import strategies as st

from infragraph.formats import cloudformation
from infragraph.model.environment import Environment, Grant, Layout
from infragraph.model.graph import InfraGraph
from infragraph.portability.limits.sns_sqs import LARGEST_POLICY, MOST_POLICY_CONDITIONS
from infragraph.targets.aws import lower
from tests.compiling import compiled
from tests.formats.strange import HOSTILE
from tests.targets import generated
from tests.targets.aws import settings, templates


def application(*, topic: str = "", name: str = "orders", extra: str = "") -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from infragraph import Attribute, Bucket, Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    customer: str
    country: Attribute[str]


orders = Topic[Order]("{name}"{topic})
{extra}

@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1", "NL"))


@shop.subscribe(orders, "ship", filter={{"country": ("NL",)}})
async def ship(order: Order) -> None: ...
"""
    }


def test_every_node_that_a_service_has_to_find_has_an_address() -> None:
    plan, found = lower(*_shop())

    assert found == ()
    graph, _ = _shop()
    kinds = {"service", "topic", "subscription", "cron", "database", "bucket", "secret"}
    assert sorted(plan.addresses) == sorted(it.id for it in graph.nodes if it.kind in kinds)


def test_resources_are_sorted_and_no_two_have_one_address() -> None:
    plan, _ = lower(*_shop())

    addresses = [resource.address for resource in plan.resources]
    assert addresses == sorted(set(addresses))


@pytest.mark.parametrize(
    ("files", "environment", "expected"),
    [
        (
            application(name="user-1", extra='again = Bucket("a1")\nother = Bucket("a-1")\n'),
            settings.PRODUCTION,
            ("IG4051", "bucket:a-1 and bucket:a1 would both be 'A1Bucket' in a template"),
        ),
        (
            application(topic=', ordering_key="customer", audit=True'),
            settings.PRODUCTION,
            (
                "IG4050",
                (
                    "AWS has nothing yet for a record of 'topic:orders': "
                    "SNS hands messages of FIFO topics to queues alone"
                ),
            ),
        ),
        *(
            (
                application(),
                replace(settings.PRODUCTION, grants={"shop": (grant,)}),
                (code, f"the grant to service 'shop' {told}"),
            )
            for grant, code, told in (
                (
                    Grant(actions=("*",), resources=("*",), reason="it was late"),
                    "IG4057",
                    "names the action '*', which is none of IAM's",
                ),
                (
                    Grant(actions=("ses:SendEmail",), resources=("topic:orders",), reason="mail"),
                    "IG4057",
                    "names the resource 'topic:orders', which is none of IAM's",
                ),
                (
                    Grant(actions=("ses:*",), resources=("*",), reason="mail"),
                    "IG4058",
                    "permits 'ses:*', all that there is",
                ),
            )
        ),
        *(
            (
                application(),
                replace(settings.PRODUCTION, tags=tags),
                (
                    "IG4056",
                    (
                        f"the tag '{next(reversed(tags))}' of environment 'prod' is none that AWS "
                        f"takes: {reason}"
                    ),
                ),
            )
            for tags, reason in (
                ({"team": "retail & sons"}, "its value is 'retail & sons'"),
                ({"AWS:team": "a"}, "'aws:' is the beginning of AWS's own"),
                ({"infragraph:app": "a"}, "its key is one of ours"),
                ({f"t{at}": "Zoë 1" for at in range(47)}, "it is one of 47"),
            )
        ),
        (
            application(),
            replace(
                settings.PRODUCTION,
                bindings={"topic:orders": "arn:aws:sns:eu-west-1:123456789012:orders.fifo"},
            ),
            (
                "IG4053",
                (
                    "'topic:orders' is neither ordered nor delivered exactly once, and "
                    "'arn:aws:sns:eu-west-1:123456789012:orders.fifo' is FIFO"
                ),
            ),
        ),
        (
            application(topic=', ordering_key="customer"'),
            replace(
                settings.PRODUCTION,
                bindings={
                    "subscription:orders/ship": "arn:aws:sqs:eu-west-1:123456789012:ship",
                },
            ),
            (
                "IG4053",
                (
                    "'subscription:orders/ship' is ordered or delivered exactly once, and "
                    "'arn:aws:sqs:eu-west-1:123456789012:ship' is not FIFO"
                ),
            ),
        ),
        (
            application(),
            replace(settings.PRODUCTION, tags={"team": "{{resolve:ssm:/other/team}}"}),
            (
                "IG4056",
                (
                    "the tag 'team' of environment 'prod' is none that AWS takes: "
                    "its value is '{{resolve:ssm:/other/team}}'"
                ),
            ),
        ),
    ],
)
def test_what_aws_would_refuse_or_carry_out_is_told_at_its_declaration(
    files: Mapping[str, str], environment: Environment, expected: tuple[str, str]
) -> None:
    graph, _ = compiled(files)

    _, found = lower(graph, environment)

    assert (found[0].code, found[0].message) == expected
    assert {it.code for it in found} == {expected[0]}


def test_a_filter_that_would_read_a_secret_is_told_at_the_subscription() -> None:
    graph, _ = compiled(application())
    node = next(it for it in graph.nodes if it.kind == "subscription")
    text = "{{Resolve:secretsmanager:other}}"
    hostile = replace(node, properties={**node.properties, "filter": {"country": [text]}})
    changed = replace(graph, nodes=tuple(hostile if it is node else it for it in graph.nodes))

    _, found = lower(changed, settings.PRODUCTION)

    assert [(it.code, it.span) for it in found] == [("IG4052", node.span)]


@pytest.mark.parametrize(("layout", "expected"), [(Layout.SINGLE, ["IG4040"]), (Layout.SPLIT, [])])
def test_an_application_too_large_for_one_stack_fits_several(
    layout: Layout, expected: list[str]
) -> None:
    graph, _ = compiled(generated.application(40, seed=1))

    _, found = lower(graph, replace(templates.PRODUCTION, layout=layout))

    assert [it.code for it in found] == expected


@pytest.mark.slow
@settings_of_search(max_examples=12, deadline=None)
@given(st.integers(2, 6), st.integers(0, 1_000))
def test_no_application_has_two_things_of_one_name(services: int, seed: int) -> None:
    graph, _ = compiled(generated.application(services, seed))

    plan, found = lower(graph, settings.PRODUCTION)

    assert [it.code for it in found if it.code != "IG4054"] == []
    names = [
        it.properties[key]
        for it in plan.resources
        for key in ("TopicName", "QueueName")
        if key in it.properties
    ]
    assert len({str(name) for name in names}) == len(names)
    assert cloudformation.render(plan) == cloudformation.render(
        lower(_shuffled(graph), settings.PRODUCTION)[0]
    )


def _shuffled(graph: InfraGraph) -> InfraGraph:
    """The same graph: what is sorted in it stays so, and nothing else is to be relied on."""
    return replace(graph, payloads=dict(reversed(list(graph.payloads.items()))))


def _shop() -> tuple[InfraGraph, Environment]:
    graph, _ = compiled(application())
    return graph, settings.PRODUCTION


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_arrives_where_it_belongs_and_nowhere_else(text: str) -> None:
    graph, _ = compiled(application())

    plain = _rendered(_saying(graph, "plain"), "plain")
    hostile = _rendered(_saying(graph, text), text)

    subscription = "OrdersShipSubscription"
    policy = hostile["Resources"][subscription]["Properties"]["FilterPolicy"]
    assert policy == {"country": [text]}
    hostile["Resources"][subscription]["Properties"]["FilterPolicy"] = {"country": ["plain"]}
    for resource in hostile["Resources"].values():
        tags = resource["Properties"].get("Tags", [])
        assert [it["Value"] for it in tags if it["Key"] == "team"] == [text] * bool(tags)
        for tag in tags:
            if tag["Key"] == "team":
                tag["Value"] = "plain"
    assert hostile == plain


@pytest.mark.parametrize("name", ["shop/prod", "generated/split"])
def test_policies_of_queues_are_far_below_their_limits(name: str) -> None:
    documents = [
        resource["Properties"]["PolicyDocument"]
        for template in templates.rendered(name).templates().values()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::SQS::QueuePolicy"
    ]

    assert documents
    assert max(len(json.dumps(document)) for document in documents) < LARGEST_POLICY.value / 4
    conditions = [
        sum("Condition" in statement for statement in document["Statement"])
        for document in documents
    ]
    assert max(conditions) < MOST_POLICY_CONDITIONS.value


def _saying(graph: InfraGraph, text: str) -> InfraGraph:
    """With a text of the user's in a filter."""
    nodes = tuple(
        replace(node, properties={**node.properties, "filter": {"country": [text]}})
        if node.kind == "subscription"
        else node
        for node in graph.nodes
    )
    return replace(graph, nodes=nodes)


def _rendered(graph: InfraGraph, team: str) -> Any:
    plan, found = lower(graph, replace(settings.PRODUCTION, tags={"team": team}))
    # What AWS does not take as a tag is rendered faithfully all the same.
    assert {it.code for it in found} <= {"IG4056"}
    (template,) = [it for it in cloudformation.render(plan) if it.path == "template.json"]
    return json.loads(template.content)
