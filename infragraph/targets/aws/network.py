"""The network: three tiers of subnets over two zones, with a way out for tasks alone."""

from collections.abc import Iterator
from hashlib import sha256
from ipaddress import IPv4Network

from infragraph.model.plan import Attribute, PlannedParameter, PlannedResource
from infragraph.targets.aws import databases
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.network_flow_log import flow_log
from infragraph.targets.aws.network_resource import of_network
from infragraph.targets.aws.network_routes import routes_out
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.shared import ZONES, Setting

TIERS = ("Public", "Private", "Database")

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
            *routes_out(setting),
            *flow_log(setting),
        )
    )


def block(setting: Setting) -> IPv4Network:
    """The network's addresses: by its name, so that those of two environments seldom overlap."""
    digest = sha256(f"{setting.application}/{setting.environment.name}".encode()).digest()
    return IPv4Network((f"10.{digest[0]}.0.0", 16))


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
    yield of_network(
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
    yield of_network(setting, "InternetGateway", "InternetGateway", {})
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
            yield of_network(
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
