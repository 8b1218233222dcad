import json
import re

from hypothesis import given
from hypothesis import strategies as st

from infragraph.formats.permissions import policies, render
from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import Evidence, InfraGraph
from infragraph.model.plan import Attribute, Joined, Override, Parameter, Permission, Plan
from infragraph.model.source import SourceSpan

GRAPH = InfraGraph(application="shop", nodes=(), edges=(), payloads={}, unresolved=())
LIVE = Environment(name="live", target="aws", region="eu-west-1")
TOPIC = Attribute(address="OrdersTopic", name="Arn")


def permission(why: str, *, condition: bool = False) -> Permission:
    span = SourceSpan(path="shop/api.py", line=7, column=5, end_line=7, end_column=9)
    return Permission(
        service="orders",
        actions=("sns:Publish",),
        resources=(TOPIC, Joined(parts=("arn:", Parameter(name="AWS::Partition"), ":x"))),
        ground="edge",
        why=why,
        evidence=(Evidence(span=span, via=("shop.api.order",)),),
        condition={"Bool": {"aws:SecureTransport": "true"}} if condition else {},
    )


def plan(
    *permissions: Permission, overrides: tuple[Override, ...] = (), target: str = "aws"
) -> Plan:
    return Plan(
        target=target,
        application="shop",
        environment="live",
        resources=(),
        permissions=permissions,
        overrides=overrides,
    )


def by_path(artifacts: tuple[Artifact, ...]) -> dict[str, str]:
    return {artifact.path: artifact.content for artifact in artifacts}


def test_every_permission_is_told_with_its_lines() -> None:
    told = by_path(render(plan(permission("orders publishes topic:orders")), GRAPH, LIVE))

    assert json.loads(told["report/permissions.json"])["permissions"] == [
        {
            "service": "orders",
            "actions": ["sns:Publish"],
            "resources": ["${OrdersTopic.Arn}", "arn:${AWS::Partition}:x"],
            "condition": {},
            "ground": "edge",
            "why": "orders publishes topic:orders",
            "evidence": [{"path": "shop/api.py", "line": 7, "via": ["shop.api.order"]}],
        }
    ]
    assert told["report/permissions.md"].splitlines()[-1] == (
        "| `sns:Publish` | `${OrdersTopic.Arn}`, `arn:${AWS::Partition}:x` "
        "| the source: orders publishes topic&#58;orders | `shop/api.py:7` |"
    )


def test_what_was_set_by_hand_is_told_and_what_permits_more_is_marked() -> None:
    made = Override(
        address="OrdersRole", path=("Policies", "0"), before=TOPIC, after="*", widens=True
    )

    told = by_path(render(plan(overrides=(made,)), GRAPH, LIVE))

    assert json.loads(told["report/permissions.json"])["overrides"] == [
        {
            "address": "OrdersRole",
            "path": ["Policies", "0"],
            "before": "${OrdersTopic.Arn}",
            "after": "*",
            "widens": True,
        }
    ]
    assert told["report/permissions.md"].splitlines()[-1] == (
        "| `OrdersRole` | `Policies.0` | `${OrdersTopic.Arn}` | `*` | **permits more** |"
    )


def test_a_service_has_a_policy_for_a_role_that_others_make() -> None:
    made = by_path(policies(plan(permission("x", condition=True)), GRAPH, LIVE))

    assert {path: json.loads(text) for path, text in made.items()} == {
        "iam/orders.json": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["sns:Publish"],
                    "Resource": ["${OrdersTopic_Arn}", "arn:${AWS_Partition}:x"],
                    "Condition": {"Bool": {"aws:SecureTransport": "true"}},
                }
            ],
        }
    }


def test_on_google_cloud_roles_are_bound_at_resources() -> None:
    made = by_path(policies(plan(permission("x"), target="gcp"), GRAPH, LIVE))

    assert {path: json.loads(text) for path, text in made.items()} == {
        "iam/orders.json": {
            "bindings": [
                {
                    "roles": ["sns:Publish"],
                    "resources": ["${OrdersTopic_Arn}", "arn:${AWS_Partition}:x"],
                }
            ]
        }
    }


@given(st.text())
def test_no_value_ends_its_code(value: str) -> None:
    made = Override(address="A", path=("B",), before=None, after=value)
    row = by_path(render(plan(overrides=(made,)), GRAPH, LIVE))[
        "report/permissions.md"
    ].splitlines()[-1]
    cell = row.split("|")[4].strip()

    assert row.count("|") == 6
    assert re.fullmatch(r"`[^`]+`|<code>[^<`|]*</code>", cell)
    assert "{{" not in cell
    assert "{%" not in cell


@given(st.text())
def test_no_reason_is_markup(why: str) -> None:
    page = by_path(render(plan(permission(why)), GRAPH, LIVE))["report/permissions.md"]
    row = page.splitlines()[-1]

    assert page.count("\n") == len(page.splitlines()) == 12
    assert row.count("|") == 5
    assert not re.search(r"<(?!/?code>)|\[|\]|https?:|\*\*", row.partition("source: ")[2])
