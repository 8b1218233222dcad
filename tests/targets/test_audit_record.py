"""What is generated for the record of audited topics is what services then find."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats.runtime import render
from infragraph.model.environment import Environment, Size
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, Plan
from infragraph.runtime.configuration import configuration
from infragraph.schemas import schema
from infragraph.targets import aws, gcp
from tests.compiling import compiled
from tests.diagnostics.validation import mistakes

Lower: TypeAlias = Callable[[InfraGraph, Environment], tuple[Plan, tuple[Diagnostic, ...]]]

AWS = Environment(name="prod", target="aws", region="eu-central-1", account="123456789012")
GCP = Environment(
    name="prod",
    target="gcp",
    region="europe-west4",
    project="shop-prod-1",
    project_number="1234",
    image_platform="linux/amd64",
)
FILES = {
    "shop/orders.py": """
from infragraph import Service, Topic

orders = Service("orders")
placed = Topic[str]("placed", audit=True)


@orders.post("/orders", access="public")
async def place(name: str) -> None:
    await placed.publish(name)
""",
    "shop/mail.py": """
from infragraph import Service

from shop.orders import placed

mail = Service("mail")


@mail.subscribe(placed, "tell")
async def tell(name: str) -> None: ...
""",
    "shop/web.py": """
from infragraph import Service

web = Service("web")


@web.get("/", access="public")
async def index() -> str:
    return ""
""",
}
GRAPH = compiled(FILES)[0]
UNAUDITED = compiled(
    {**FILES, "shop/orders.py": FILES["shop/orders.py"].replace(", audit=True", "")}
)[0]


def _plan(lower: Lower, environment: Environment, graph: InfraGraph = GRAPH) -> Plan:
    plan, found = lower(graph, environment)
    assert [it.message for it in found if it.severity.value == "error"] == []
    return plan


def _told(plan: Plan, environment: Environment, graph: InfraGraph = GRAPH) -> Mapping[str, Any]:
    (artifact,) = render(plan, graph, environment)
    written: Mapping[str, Any] = json.loads(artifact.content)
    assert mistakes(written, schema("runtime")) == []
    return written


def test_on_aws_a_variable_says_where_to_those_who_record() -> None:
    plan = _plan(aws.lower, AWS)
    written = _told(plan, AWS)

    assert written["audit"] == {"bucket": {"env": "INFRAGRAPH_AUDIT_BUCKET"}, "region": AWS.region}
    tasks = {
        it.address: _variables(it.properties)
        for it in plan.resources
        if it.type == "AWS::ECS::TaskDefinition"
    }
    told = {name for name, it in tasks.items() if "INFRAGRAPH_AUDIT_BUCKET" in it}
    assert told
    assert {name for name in tasks if name.startswith("Web")}
    assert {name.startswith(("Orders", "Mail")) for name in told} == {True}
    for name in told:
        assert tasks[name]["INFRAGRAPH_AUDIT_BUCKET"] == Attribute(address="AuditRecordBucket")
    # A process that is not told reads its configuration all the same.
    read = configuration(written, {}, "f")
    assert read.missing["audit"] == {"INFRAGRAPH_AUDIT_BUCKET"}
    read = configuration(written, {"INFRAGRAPH_AUDIT_BUCKET": "b"}, "f")
    assert read.settings["audit"] == {"bucket": "b", "region": AWS.region}


def test_on_aws_services_add_to_the_record_and_no_more() -> None:
    plan = _plan(aws.lower, AWS)

    on_record = {
        (it.service, it.actions)
        for it in plan.permissions
        if "AuditRecordBucket" in repr(it.resources)
    }
    assert on_record == {("mail", ("s3:PutObject",)), ("orders", ("s3:PutObject",))}


@pytest.mark.parametrize(
    ("size", "days"), [(Size.PRODUCTION, 365), (Size.SMALL, 30), (Size.PREVIEW, None)]
)
def test_the_record_is_kept_for_as_long_as_logs_are(size: Size, days: int | None) -> None:
    (bucket,) = (
        it
        for it in _plan(aws.lower, replace(AWS, size=size)).resources
        if it.address == "AuditRecordBucket"
    )
    lock: Any = bucket.properties.get("ObjectLockConfiguration")
    assert (None if lock is None else lock["Rule"]["DefaultRetention"]) == (
        None if days is None else {"Mode": "GOVERNANCE", "Days": days}
    )
    (kept,) = (
        it
        for it in _plan(gcp.lower, replace(GCP, size=size)).resources
        if it.address.endswith("--audit--record--0") and it.address.startswith("StorageBucket/")
    )
    spec: Any = kept.properties["spec"]
    assert spec.get("retentionPolicy") == (
        None if days is None else {"retentionPeriod": days * 86_400}
    )


def test_on_google_cloud_the_name_is_known_and_services_create_alone() -> None:
    plan = _plan(gcp.lower, GCP)
    written = _told(plan, GCP)

    (bucket,) = (
        it
        for it in plan.resources
        if it.address.startswith("StorageBucket/") and it.address.endswith("--audit--record--0")
    )
    spec: Any = bucket.properties["spec"]
    assert written["audit"] == {"bucket": spec["resourceID"], "region": GCP.region}
    given = {
        (it.service, it.actions)
        for it in plan.permissions
        if spec["resourceID"] in repr(it.resources) or "audit--record" in repr(it.resources)
    }
    assert given == {
        ("mail", ("roles/storage.objectCreator",)),
        ("orders", ("roles/storage.objectCreator",)),
    }


@pytest.mark.parametrize(("lower", "environment"), [(aws.lower, AWS), (gcp.lower, GCP)])
def test_where_no_topic_is_audited_there_is_no_record(
    lower: Lower, environment: Environment
) -> None:
    plan = _plan(lower, environment, UNAUDITED)

    assert "audit" not in _told(plan, environment, UNAUDITED)
    assert not any("audit" in it.address.lower() for it in plan.resources)


def _variables(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    containers: Any = properties["ContainerDefinitions"]
    return {it["Name"]: it["Value"] for one in containers for it in one["Environment"]}
