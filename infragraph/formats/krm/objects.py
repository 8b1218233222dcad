"""An object of Config Connector: a resource with its references as names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.model.graph import Property
from infragraph.model.plan import Attribute, Joined, Parameter, Plan, PlannedResource, PlanValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Resources by address, and what stands for parameters until `envsubst` replaces it."""

    by_address: Mapping[str, PlannedResource]
    variables: Mapping[str, str]


def names_of(plan: Plan) -> Names:
    """No text of the plan holds a variable, so that nothing else is replaced with it."""
    texts = [text for it in plan.resources for text in _texts(it.properties)]
    variables: dict[str, str] = {}
    for parameter in plan.parameters:
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", parameter.name).upper()
        while any(f"${{INFRAGRAPH_{words}}}" in text for text in texts):
            words += "_"
        variables[parameter.name] = f"${{INFRAGRAPH_{words}}}"
    by_address = {resource.address: resource for resource in plan.resources}
    return Names(by_address=by_address, variables=variables)


def krm_object(resource: PlannedResource, names: Names) -> Mapping[str, Property]:
    version, _, kind = resource.type.rpartition("/")
    namespace = _metadata(resource)["namespace"]
    body = {key: _value(value, namespace, names) for key, value in resource.properties.items()}
    return {"apiVersion": version, "kind": kind, **body}


def _value(  # noqa: PLR0911 - a line per form
    value: PlanValue, namespace: PlanValue, names: Names
) -> Property:
    match value:
        case Attribute(name=None):
            return _reference(names.by_address[value.address], namespace)
        case Attribute():
            return _name(names.by_address[value.address])
        case Parameter(name=name):
            return names.variables[name]
        case Joined(parts=parts):
            return "".join(str(_value(part, namespace, names)) for part in parts)
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {key: _value(it, namespace, names) for key, it in value.items()}
        case Sequence():
            return [_value(it, namespace, names) for it in value]


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


def _texts(value: PlanValue) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            yield from value
            for member in value.values():
                yield from _texts(member)
        case Sequence():
            for member in value:
                yield from _texts(member)
        case _:
            pass
