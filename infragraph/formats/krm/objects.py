"""An object of Config Connector: a resource with its references as names."""

import re
from collections.abc import Mapping, Sequence

from infragraph.model.graph import Property
from infragraph.model.plan import Attribute, Joined, Parameter, PlannedResource, PlanValue

_By = Mapping[str, PlannedResource]


def krm_object(resource: PlannedResource, by_address: _By) -> Mapping[str, Property]:
    version, _, kind = resource.type.rpartition("/")
    namespace = _metadata(resource)["namespace"]
    body = {key: _value(value, namespace, by_address) for key, value in resource.properties.items()}
    return {"apiVersion": version, "kind": kind, **body}


def image_variable(parameter: str) -> str:
    """What stands for a parameter, to be put in its place by `envsubst`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", parameter).upper()
    return f"${{INFRAGRAPH_{words}}}"


def _value(  # noqa: PLR0911 - a line per form
    value: PlanValue, namespace: PlanValue, by_address: _By
) -> Property:
    match value:
        case Attribute(name=None):
            return _reference(by_address[value.address], namespace)
        case Attribute():
            return _name(by_address[value.address])
        case Parameter(name=name):
            return image_variable(name)
        case Joined(parts=parts):
            return "".join(str(_value(part, namespace, by_address)) for part in parts)
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {key: _value(it, namespace, by_address) for key, it in value.items()}
        case Sequence():
            return [_value(it, namespace, by_address) for it in value]


def _reference(resource: PlannedResource, namespace: PlanValue) -> Mapping[str, Property]:
    """By name, and by name space where that is another's."""
    other = _metadata(resource)["namespace"]
    named = {"name": _name(resource)}
    return named if other == namespace else {**named, "namespace": str(other)}


def _name(resource: PlannedResource) -> str:
    return str(_metadata(resource)["name"])


def _metadata(resource: PlannedResource) -> Mapping[str, PlanValue]:
    metadata = resource.properties["metadata"]
    assert isinstance(metadata, Mapping), "an object has metadata"
    return metadata
