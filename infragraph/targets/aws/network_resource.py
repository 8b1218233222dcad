"""One thing of EC2, in the layer that is made first."""

from collections.abc import Mapping

from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.targets.aws.shared import Setting, tags


def of_network(  # noqa: PLR0913 - what a resource consists of
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
