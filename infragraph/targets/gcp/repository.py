"""The repository of images, which deploys by digest pull from."""

from infragraph.model.plan import Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.resource import shared
from infragraph.targets.gcp.setting import Setting

_KEPT = 50
_OLD = "7776000s"


def plan_repository(setting: Setting) -> Planned:
    """It stays with the images in it, by which other environments may run."""
    planned = shared(
        setting,
        types.REPOSITORY,
        names.repository_name(setting),
        {
            "format": "DOCKER",
            "location": setting.region,
            "dockerConfig": {"immutableTags": True},
            "cleanupPolicies": (
                {"id": "keep", "action": "KEEP", "mostRecentVersions": {"keepCount": _KEPT}},
                {"id": "drop", "action": "DELETE", "condition": {"olderThan": _OLD}},
            ),
        },
        layer="network",
        retention=Retention.RETAIN,
    )
    return Planned(resources=(planned,))
