"""The network, and its peering with that of Google's services."""

from collections.abc import Iterator

from infragraph.formats.gcloud.fields import Unsaid
from infragraph.formats.gcloud.steps import Action, Ensure, Listed, flags, listed
from infragraph.formats.gcloud.things import Thing


def network(it: Thing) -> Iterator[Action]:
    """Networks have no labels, here and in what follows."""
    it.spec.expect("autoCreateSubnetworks", False)  # noqa: FBT003 - a value of the plan
    mode = flags(("bgp-routing-mode", it.spec.needed("routingMode").lower()))
    it.spec.done()
    named = (it.name, it.in_project)
    yield Ensure(
        describe=("compute", "networks", "describe", *named),
        create=("compute", "networks", "create", *named, "--subnet-mode=custom", *mode),
    )


def subnetwork(it: Thing) -> Iterator[Action]:
    spec = it.spec
    named = (it.name, it.in_project, f"--region={spec.needed('region')}")
    settings = flags(
        ("network", it.name_of(spec.take("networkRef"))), ("range", spec.text("ipCidrRange"))
    )
    spec.expect("privateIpGoogleAccess", True)  # noqa: FBT003 - a value of the plan
    logs = spec.fields("logConfig")
    logged = flags(
        ("logging-aggregation-interval", _interval(logs.text("aggregationInterval"))),
        ("logging-flow-sampling", logs.text("flowSampling")),
        ("logging-metadata", _metadata(logs.text("metadata"))),
    )
    logs.done()
    spec.done()
    yield Ensure(
        describe=("compute", "networks", "subnets", "describe", *named),
        create=(
            "compute", "networks", "subnets", "create", *named, *settings,
            "--enable-private-ip-google-access", "--enable-flow-logs", *logged,
        ),
    )  # fmt: skip


def address(it: Thing) -> Iterator[Action]:
    spec = it.spec
    spec.expect("location", "global")
    spec.expect("addressType", "INTERNAL")
    settings = flags(
        ("purpose", spec.needed("purpose")),
        ("prefix-length", spec.text("prefixLength")),
        ("network", it.name_of(spec.take("networkRef"))),
    )
    spec.done()
    named = (it.name, it.in_project, "--global")
    yield Ensure(
        describe=("compute", "addresses", "describe", *named),
        create=("compute", "addresses", "create", *named, *settings),
    )


def peering(it: Thing) -> Iterator[Action]:
    spec = it.spec
    of = flags(("network", it.name_of(spec.take("networkRef"))), ("service", spec.text("service")))
    ranges = listed([it.name_of(one) for one in spec.items("reservedPeeringRanges")])
    spec.done()
    yield Listed(
        listing=(
            "services", "vpc-peerings", "list", *of, it.in_project, "--format=value(peering)",
        ),
        create=(
            "services", "vpc-peerings", "connect", *of, *flags(("ranges", ranges)), it.in_project,
        ),
    )  # fmt: skip


_INTERVALS = {"INTERVAL_5_SEC": "interval-5-sec", "INTERVAL_10_MIN": "interval-10-min"}
_METADATA = {"INCLUDE_ALL_METADATA": "include-all", "EXCLUDE_ALL_METADATA": "exclude-all"}


def _interval(given: str | None) -> str | None:
    if given is not None and given not in _INTERVALS:
        raise Unsaid(path="spec.logConfig.aggregationInterval")
    return None if given is None else _INTERVALS[given]


def _metadata(given: str | None) -> str | None:
    if given is not None and given not in _METADATA:
        raise Unsaid(path="spec.logConfig.metadata")
    return None if given is None else _METADATA[given]
