"""APIs of Google Cloud that a project must have enabled for the resources of a plan."""

from collections.abc import Iterable, Mapping

from infragraph.model.plan import PlannedResource, Retention
from infragraph.targets.gcp import types
from infragraph.targets.gcp.resource import resource
from infragraph.targets.gcp.setting import Setting

_ALWAYS = ("iam.googleapis.com", "logging.googleapis.com", "run.googleapis.com")

_OF_TYPES: Mapping[str, tuple[str, ...]] = {
    types.NETWORK: ("compute.googleapis.com",),
    types.PEERING: ("servicenetworking.googleapis.com",),
    types.REPOSITORY: ("artifactregistry.googleapis.com",),
    types.INSTANCE: ("sqladmin.googleapis.com",),
    types.USER: ("sqladmin.googleapis.com",),
    types.SECRET: ("secretmanager.googleapis.com",),
    types.BUCKET: ("storage.googleapis.com",),
    types.TOPIC: ("pubsub.googleapis.com",),
    types.SUBSCRIPTION: ("pubsub.googleapis.com",),
    types.SCHEDULE: ("cloudscheduler.googleapis.com",),
    types.ALERT: ("monitoring.googleapis.com",),
}


def apis(setting: Setting, resources: Iterable[PlannedResource]) -> tuple[PlannedResource, ...]:
    """They stay enabled, since others in the project may have come to need them."""
    wanted: set[str] = set(_ALWAYS)
    for planned in resources:
        wanted.update(_OF_TYPES.get(planned.type, ()))
    return tuple(
        resource(
            setting,
            types.API,
            api,
            {"resourceID": api},
            layer="network",
            retention=Retention.RETAIN,
        )
        for api in sorted(wanted)
    )
