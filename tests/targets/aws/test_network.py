from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.model.environment import Size
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, PlannedParameter, PlannedResource
from infragraph.targets.aws.network import block, plan_network
from infragraph.targets.aws.network_routes import ways_out
from infragraph.targets.aws.shared import Setting
from tests.targets.aws.applications import SHOP, Drawn, application
from tests.targets.aws.settings import PRODUCTION, addresses, resource, setting

EMPTY = InfraGraph(application="shop", nodes=(), edges=(), payloads={}, unresolved=())
TAGS = (
    {"Key": "infragraph:app", "Value": "shop"},
    {"Key": "infragraph:env", "Value": "prod"},
)


def _setting(**settings: object) -> Setting:
    return Setting(graph=EMPTY, environment=replace(PRODUCTION, **settings))  # type: ignore[arg-type]


def test_subnets_of_three_tiers_share_the_networks_addresses_without_overlap() -> None:
    planned = plan_network(_setting())

    subnets = [it for it in planned.resources if it.type == "AWS::EC2::Subnet"]
    assert [(it.address, it.properties["CidrBlock"]) for it in subnets] == [
        ("PublicSubnetA", "10.138.0.0/20"),
        ("PublicSubnetB", "10.138.16.0/20"),
        ("PrivateSubnetA", "10.138.32.0/20"),
        ("PrivateSubnetB", "10.138.48.0/20"),
        ("DatabaseSubnetA", "10.138.64.0/20"),
        ("DatabaseSubnetB", "10.138.80.0/20"),
    ]


def test_a_subnet_is_in_the_zone_of_its_letter() -> None:
    assert resource(plan_network(_setting()), "PrivateSubnetB") == PlannedResource(
        address="PrivateSubnetB",
        type="AWS::EC2::Subnet",
        layer="network",
        properties={
            "VpcId": Attribute(address="Vpc"),
            "AvailabilityZone": {"Fn::Select": (1, {"Fn::GetAZs": ""})},
            "CidrBlock": "10.138.48.0/20",
            "MapPublicIpOnLaunch": False,
            "Tags": TAGS,
        },
    )


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (Size.PRODUCTION, {"PrivateRouteA": "NatGatewayA", "PrivateRouteB": "NatGatewayB"}),
        (Size.SMALL, {"PrivateRouteA": "NatGatewayA", "PrivateRouteB": "NatGatewayA"}),
        (Size.PREVIEW, {"PrivateRouteA": "NatGatewayA", "PrivateRouteB": "NatGatewayA"}),
    ],
)
def test_each_zone_has_a_way_out_of_its_own_in_production(
    size: Size, expected: dict[str, str]
) -> None:
    planned = plan_network(_setting(size=size))

    ways = {
        it.address: it.properties["NatGatewayId"]
        for it in planned.resources
        if "NatGatewayId" in it.properties
    }
    made = [it.address for it in planned.resources if it.type == "AWS::EC2::NatGateway"]
    assert ways == {way: Attribute(address=gateway) for way, gateway in expected.items()}
    assert made == sorted(set(expected.values()))


def test_databases_have_no_way_out() -> None:
    planned = plan_network(_setting())

    routes = [it for it in planned.resources if it.type == "AWS::EC2::Route"]
    assert [it.properties["RouteTableId"] for it in routes] == [
        Attribute(address="PublicRouteTable"),
        Attribute(address="PrivateRouteTableA"),
        Attribute(address="PrivateRouteTableB"),
    ]


def test_of_a_network_that_exists_the_subnets_are_asked_for() -> None:
    lowered = setting(SHOP, replace(PRODUCTION, network="vpc-0a1b2c3d"))

    planned = plan_network(lowered)

    assert addresses(planned) == []
    assert planned.parameters[2] == PlannedParameter(
        name="PrivateSubnetA",
        description="a private subnet of vpc-0a1b2c3d",
        pattern="^subnet-[0-9a-f]{8,17}$",
    )
    assert [it.name for it in planned.parameters] == [
        "PublicSubnetA",
        "PublicSubnetB",
        "PrivateSubnetA",
        "PrivateSubnetB",
        "DatabaseSubnetA",
        "DatabaseSubnetB",
    ]
    assert ways_out(lowered) == ()


def test_subnets_in_which_nothing_stands_are_not_asked_for() -> None:
    private = application([Drawn(name="one", has_cron=True)])
    existing = replace(PRODUCTION, network="vpc-0a1b2c3d")
    shared = replace(existing, listener="arn:aws:x")

    assert [
        [it.name for it in plan_network(setting(*asked)).parameters]
        for asked in ((private, existing), (SHOP, shared))
    ] == [
        ["PrivateSubnetA", "PrivateSubnetB"],
        ["PrivateSubnetA", "PrivateSubnetB", "DatabaseSubnetA", "DatabaseSubnetB"],
    ]


@given(st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True))
def test_any_environment_has_private_addresses(name: str) -> None:
    network = block(_setting(name=name))

    assert network.is_private
    assert network.prefixlen == 16
