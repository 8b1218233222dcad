"""Security groups against the graph: nothing connects but what an edge or an endpoint asks for."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings

from infragraph.model.environment import Collector
from infragraph.model.plan import Attribute, Parameter, PlannedResource, PlanValue
from infragraph.targets.aws.network_flows import outward_ports
from infragraph.targets.aws.network_groups import plan_groups
from tests.targets.aws.applications import SHOP, Drawn, application, drawn_services
from tests.targets.aws.settings import PRODUCTION, resource, setting


@settings(max_examples=40, deadline=None)
@given(drawn_services())
def test_groups_admit_what_the_graph_asks_for_and_nothing_else(drawn: Sequence[Drawn]) -> None:
    lowered = setting(application(drawn))

    ends = [_end(it) for it in plan_groups(lowered).resources if it.type != GROUP]

    expected: set[tuple[str, str, int]] = set()
    for it in drawn:
        if "public" in it.access:
            expected.add(("LoadBalancerSecurityGroup", _group(it.name), 8080))
        expected |= {(_group(it.name), _group(called), 8080) for called in it.calls}
    # Who queries a database gets there, and the first that it is shared with, who migrates it.
    querying = {it.name for it in drawn if it.queries}
    owner = drawn[0].name if any(it.queries for it in drawn) else None
    if owner is not None:
        expected |= {(_group(name), "DatabasesSecurityGroup", 5432) for name in querying | {owner}}
        expected.add(("DatabaseJobsSecurityGroup", "DatabasesSecurityGroup", 5432))
    assert {end[1:] for end in ends if end[0] == "in"} == expected
    assert {end[1:] for end in ends if end[0] == "out"} == expected
    assert len(ends) == 2 * len(expected)


def test_a_flow_is_a_way_out_and_a_way_in() -> None:
    planned = plan_groups(setting(SHOP))

    out = resource(planned, "MailsServiceToUsersService8080Egress")
    into = resource(planned, "MailsServiceToUsersService8080Ingress")
    mails = Attribute(address="MailsServiceSecurityGroup", name="GroupId")
    users = Attribute(address="UsersServiceSecurityGroup", name="GroupId")
    assert out.properties == {
        "GroupId": mails,
        "IpProtocol": "tcp",
        "FromPort": 8080,
        "ToPort": 8080,
        "Description": "to users",
        "DestinationSecurityGroupId": users,
    }
    assert into.properties == {
        "GroupId": users,
        "IpProtocol": "tcp",
        "FromPort": 8080,
        "ToPort": 8080,
        "Description": "from mails",
        "SourceSecurityGroupId": mails,
    }


def test_tasks_reach_aws_and_what_their_environment_names() -> None:
    environment = replace(
        PRODUCTION,
        collector=Collector(endpoint="http://collector.example.com:4318"),
        bindings={
            "service:users": "https://users.example.com:8443",
            "database:users": "db-ABC@users.example.com:6432/users",
        },
    )

    lowered = setting(SHOP, environment)

    assert outward_ports(lowered, "mails") == (443, 4318, 8443)
    assert [it.address for it in plan_groups(lowered).resources] == ["MailsServiceSecurityGroup"]


def test_behind_an_existing_listener_the_way_in_is_ours_alone() -> None:
    environment = replace(PRODUCTION, network="vpc-0a1b2c3d", listener="arn:aws:listener")

    planned = plan_groups(setting(SHOP, environment))

    into = resource(planned, "LoadBalancerToUsersService8080Ingress")
    assert into.properties["SourceSecurityGroupId"] == Parameter(name="ListenerSecurityGroup")
    assert [it.name for it in planned.parameters] == ["ListenerSecurityGroup"]
    assert "LoadBalancerToUsersService8080Egress" not in {it.address for it in planned.resources}
    assert "LoadBalancerSecurityGroup" not in {it.address for it in planned.resources}


GROUP = "AWS::EC2::SecurityGroup"


def _end(rule: PlannedResource) -> tuple[str, str, str, int]:
    """A standalone rule as its direction, the two groups, and the port."""
    options = rule.properties
    port = options["ToPort"]
    assert isinstance(port, int)
    own = _address(options["GroupId"])
    if rule.type.endswith("Ingress"):
        return "in", _address(options["SourceSecurityGroupId"]), own, port
    return "out", own, _address(options["DestinationSecurityGroupId"]), port


def _address(value: PlanValue) -> str:
    assert isinstance(value, Attribute)
    return value.address


def _group(service: str) -> str:
    return f"{''.join(it.capitalize() for it in service.split('-'))}ServiceSecurityGroup"
