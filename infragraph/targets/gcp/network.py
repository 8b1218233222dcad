"""The network: there where a database is, which has no other address, reached from Cloud Run."""

from infragraph.model.plan import PlanValue
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.databases import has_own_server
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import address, external, reference, shared
from infragraph.targets.gcp.setting import Setting

_RANGE = "10.20.0.0/22"
# https://cloud.google.com/sql/docs/postgres/configure-private-services-access, read 2026-11-25: a
# /20 holds the servers of several regions.
_PEERED_LENGTH = 20
_PEERED_WITH = "servicenetworking.googleapis.com"


def plan_network(setting: Setting) -> Planned:
    if setting.environment.network is not None or not has_own_server(setting):
        return NOTHING
    name = names.network_name(setting)
    network = shared(
        setting,
        types.NETWORK,
        name,
        {"autoCreateSubnetworks": False, "routingMode": "REGIONAL"},
        layer="network",
    )
    subnetwork = shared(
        setting,
        types.SUBNETWORK,
        name,
        {
            "networkRef": reference(types.NETWORK, name),
            "region": setting.region,
            "ipCidrRange": _RANGE,
            "privateIpGoogleAccess": True,
            "logConfig": {
                "aggregationInterval": "INTERVAL_10_MIN",
                "flowSampling": 0.5,
                "metadata": "INCLUDE_ALL_METADATA",
            },
        },
        layer="network",
    )
    peered = shared(
        setting,
        types.ADDRESS,
        _peered(setting),
        {
            "location": "global",
            "addressType": "INTERNAL",
            "purpose": "VPC_PEERING",
            "prefixLength": _PEERED_LENGTH,
            "networkRef": reference(types.NETWORK, name),
        },
        layer="network",
    )
    peering = shared(
        setting,
        types.PEERING,
        _peered(setting),
        {
            "networkRef": reference(types.NETWORK, name),
            "service": _PEERED_WITH,
            "reservedPeeringRanges": (reference(types.ADDRESS, _peered(setting)),),
        },
        layer="network",
    )
    return Planned(resources=(network, subnetwork, peered, peering))


def network_reference(setting: Setting) -> PlanValue:
    given = setting.environment.network
    if given is None:
        return reference(types.NETWORK, names.network_name(setting))
    project, network, _ = _given(setting, given)
    return external(f"projects/{project}/global/networks/{network}")


def subnetwork_reference(setting: Setting) -> PlanValue:
    given = setting.environment.network
    if given is None:
        return reference(types.SUBNETWORK, names.network_name(setting))
    project, _, subnetwork = _given(setting, given)
    return external(f"projects/{project}/regions/{setting.region}/subnetworks/{subnetwork}")


def peering_address(setting: Setting) -> tuple[str, ...]:
    """What has to be there before a server gets an address in the network."""
    if setting.environment.network is not None:
        return ()
    return (address(types.PEERING, _peered(setting)),)


def _given(setting: Setting, given: str) -> tuple[str, str, str]:
    """Project, network and subnetwork of `[projects/P/global/networks/]NETWORK[/SUBNETWORK]`.

    Without a subnetwork, the one that is called as the network is: Cloud Run's own rule.
    """
    project = setting.project
    if given.startswith("projects/"):
        _, project, _, _, given = given.split("/", 4)
    network, _, subnetwork = given.partition("/")
    return project, network, subnetwork or network


def _peered(setting: Setting) -> str:
    return f"{names.network_name(setting)}-peering"
