"""The network: three tiers of subnets over two zones, with a way out for tasks alone."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from ipaddress import IPv4Network

from infragraph.model.environment import Size
from infragraph.model.plan import (
    Attribute,
    Joined,
    PlannedParameter,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws import databases
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.logs import log_group
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.roles import role, statement
from infragraph.targets.aws.shared import REGION, ZONES, Setting, tags

TIERS = ("Public", "Private", "Database")

_ANYWHERE = "0.0.0.0/0"
_SUBNET_BITS = 20

_DEFAULT_GROUP = {
    "CKV2_AWS_12": "the default group is in no use; closing it needs a custom resource"
}


def plan_network(setting: Setting) -> Planned:
    """All of a new network, or parameters that name the subnets of one that exists.

    An existing network is used as it is: its routes and its flow logs are its owner's.
    """
    if setting.environment.network is not None:
        return Planned(parameters=tuple(_given_subnets(setting)))
    return Planned(
        resources=(
            *_around(setting),
            *_subnets(setting),
            *_ways_out(setting),
            *_flow_log(setting),
        )
    )


def block(setting: Setting) -> IPv4Network:
    """The network's addresses: by its name, so that those of two environments seldom overlap."""
    digest = sha256(f"{setting.application}/{setting.environment.name}".encode()).digest()
    return IPv4Network((f"10.{digest[0]}.0.0", 16))


def ways_out(setting: Setting) -> tuple[str, ...]:
    """The routes that must be there before a task can pull its image."""
    if setting.environment.network is not None:
        return ()
    return tuple(f"PrivateRoute{zone}" for zone in ZONES)


def _given_subnets(setting: Setting) -> Iterator[PlannedParameter]:
    # A tier in which nothing of ours will stand is not asked for.
    is_wanted = {
        "Public": setting.environment.listener is None and bool(exposed_services(setting)),
        "Private": True,
        "Database": bool(databases.made(setting)),
    }
    for tier in (it for it in TIERS if is_wanted[it]):
        for zone in ZONES:
            yield PlannedParameter(
                name=f"{tier}Subnet{zone}",
                description=f"a {tier.lower()} subnet of {setting.environment.network}",
                pattern="^subnet-[0-9a-f]{8,17}$",
            )


def _around(setting: Setting) -> Iterator[PlannedResource]:
    yield _resource(
        setting,
        "Vpc",
        "VPC",
        {
            "CidrBlock": str(block(setting)),
            "EnableDnsSupport": True,
            "EnableDnsHostnames": True,
        },
        notes=skipped(_DEFAULT_GROUP),
    )
    yield _resource(setting, "InternetGateway", "InternetGateway", {})
    yield PlannedResource(
        address="InternetGatewayAttachment",
        type="AWS::EC2::VPCGatewayAttachment",
        layer="network",
        properties={
            "VpcId": Attribute(address="Vpc"),
            "InternetGatewayId": Attribute(address="InternetGateway"),
        },
    )


def _subnets(setting: Setting) -> Iterator[PlannedResource]:
    ranges = block(setting).subnets(new_prefix=_SUBNET_BITS)
    for tier in TIERS:
        for number, zone in enumerate(ZONES):
            name = f"{tier}Subnet{zone}"
            yield _resource(
                setting,
                name,
                "Subnet",
                {
                    "VpcId": Attribute(address="Vpc"),
                    "AvailabilityZone": {"Fn::Select": (number, {"Fn::GetAZs": ""})},
                    "CidrBlock": str(next(ranges)),
                    "MapPublicIpOnLaunch": False,
                },
            )
            table = f"{tier}RouteTable{zone}" if tier == "Private" else f"{tier}RouteTable"
            yield PlannedResource(
                address=f"{name}Routes",
                type="AWS::EC2::SubnetRouteTableAssociation",
                layer="network",
                properties={
                    "SubnetId": Attribute(address=name),
                    "RouteTableId": Attribute(address=table),
                },
            )


def _ways_out(setting: Setting) -> Iterator[PlannedResource]:
    yield _route_table(setting, "PublicRouteTable")
    yield _way("PublicRoute", "PublicRouteTable", "GatewayId", "InternetGateway")
    yield _route_table(setting, "DatabaseRouteTable")
    # One gateway is half the price, and the end of all ways out when its zone fails.
    gateways = ZONES if setting.environment.size is Size.PRODUCTION else ZONES[:1]
    for zone in gateways:
        yield _resource(
            setting,
            f"NatAddress{zone}",
            "EIP",
            {"Domain": "vpc"},
            after=("InternetGatewayAttachment",),
        )
        yield _resource(
            setting,
            f"NatGateway{zone}",
            "NatGateway",
            {
                "AllocationId": Attribute(address=f"NatAddress{zone}", name="AllocationId"),
                "SubnetId": Attribute(address=f"PublicSubnet{zone}"),
            },
        )
    for zone in ZONES:
        gateway = f"NatGateway{zone if zone in gateways else gateways[0]}"
        yield _route_table(setting, f"PrivateRouteTable{zone}")
        yield _way(f"PrivateRoute{zone}", f"PrivateRouteTable{zone}", "NatGatewayId", gateway)
    yield _resource(
        setting,
        "S3Endpoint",
        "VPCEndpoint",
        {
            "VpcId": Attribute(address="Vpc"),
            "ServiceName": Joined(parts=("com.amazonaws.", REGION, ".s3")),
            "VpcEndpointType": "Gateway",
            "RouteTableIds": tuple(Attribute(address=f"PrivateRouteTable{it}") for it in ZONES),
        },
    )


def _flow_log(setting: Setting) -> Iterator[PlannedResource]:
    """Beside the data, since what is logged is encrypted with the data's key."""
    yield log_group(setting, "FlowLogGroup", "network", layer="data")
    write = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
    yield role(
        setting,
        address="FlowLogRole",
        principal="vpc-flow-logs.amazonaws.com",
        policy="write",
        statements=(statement("Write", write, (Attribute(address="FlowLogGroup", name="Arn"),)),),
        layer="data",
    )
    yield PlannedResource(
        address="FlowLog",
        type="AWS::EC2::FlowLog",
        layer="data",
        properties={
            "ResourceId": Attribute(address="Vpc"),
            "ResourceType": "VPC",
            "TrafficType": "ALL",
            "LogGroupName": Attribute(address="FlowLogGroup"),
            "DeliverLogsPermissionArn": Attribute(address="FlowLogRole", name="Arn"),
            "Tags": tags(setting),
        },
    )


def _route_table(setting: Setting, address: str) -> PlannedResource:
    return _resource(setting, address, "RouteTable", {"VpcId": Attribute(address="Vpc")})


def _way(address: str, table: str, kind: str, gateway: str) -> PlannedResource:
    return PlannedResource(
        address=address,
        type="AWS::EC2::Route",
        layer="network",
        after=("InternetGatewayAttachment",),
        properties={
            "RouteTableId": Attribute(address=table),
            "DestinationCidrBlock": _ANYWHERE,
            kind: Attribute(address=gateway),
        },
    )


def _resource(  # noqa: PLR0913 - what a resource consists of
    setting: Setting,
    address: str,
    kind: str,
    properties: Mapping[str, PlanValue],
    *,
    after: tuple[str, ...] = (),
    notes: Mapping[str, PlanValue] | None = None,
) -> PlannedResource:
    return PlannedResource(
        address=address,
        type=f"AWS::EC2::{kind}",
        layer="network",
        properties={**properties, "Tags": tags(setting)},
        after=after,
        notes=notes or {},
    )
