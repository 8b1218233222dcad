"""Ways out: the internet's for public subnets, a gateway's for tasks, none for databases."""

from collections.abc import Iterator

from infragraph.model.environment import Size
from infragraph.model.plan import Attribute, Joined, PlannedResource
from infragraph.targets.aws.network_resource import of_network
from infragraph.targets.aws.shared import REGION, ZONES, Setting

_ANYWHERE = "0.0.0.0/0"


def ways_out(setting: Setting) -> tuple[str, ...]:
    """The routes that must be there before a task can pull its image."""
    if setting.environment.network is not None:
        return ()
    return tuple(f"PrivateRoute{zone}" for zone in ZONES)


def routes_out(setting: Setting) -> Iterator[PlannedResource]:
    yield _route_table(setting, "PublicRouteTable")
    yield _way("PublicRoute", "PublicRouteTable", "GatewayId", "InternetGateway")
    yield _route_table(setting, "DatabaseRouteTable")
    # One gateway is half the price, and the end of all ways out when its zone fails.
    gateways = ZONES if setting.environment.size is Size.PRODUCTION else ZONES[:1]
    for zone in gateways:
        yield of_network(
            setting,
            f"NatAddress{zone}",
            "EIP",
            {"Domain": "vpc"},
            after=("InternetGatewayAttachment",),
        )
        yield of_network(
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
    yield of_network(
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


def _route_table(setting: Setting, address: str) -> PlannedResource:
    return of_network(setting, address, "RouteTable", {"VpcId": Attribute(address="Vpc")})


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
