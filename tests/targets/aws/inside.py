"""What lies deep inside the properties of a planned resource."""

from collections.abc import Mapping, Sequence
from typing import Any

from infragraph.model.plan import PlannedResource, PlanValue


def inside(value: PlanValue, *keys: str | int) -> Any:
    found = value
    for key in keys:
        if isinstance(key, int):
            assert isinstance(found, Sequence)
            found = found[key]
        else:
            assert isinstance(found, Mapping)
            found = found[key]
    return found


def statements(resource: PlannedResource) -> Sequence[Any]:
    """Those of a policy, or of the one inline policy of a role."""
    if "PolicyDocument" in resource.properties:
        found: Sequence[Any] = inside(resource.properties, "PolicyDocument", "Statement")
    else:
        found = inside(resource.properties, "Policies", 0, "PolicyDocument", "Statement")
    return found
