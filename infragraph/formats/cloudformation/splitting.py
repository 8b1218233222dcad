"""A plan as several stacks, by the lifetime of what is in them.

What one stack refers to and another makes is passed by an SSM parameter: unlike an export, that may
change while somebody reads it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from infragraph.model.mentions import attributes
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    Plan,
    PlannedResource,
    PlanValue,
)

FIRST = ("network", "data")
"""The layers that come before all services."""

_OTHERS = re.compile(r"[^A-Za-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One layer: `given` are the attributes that other layers make, by the parameter's name."""

    layer: str
    resources: tuple[PlannedResource, ...]
    given: Mapping[str, Attribute]


def stacks(plan: Plan) -> tuple[Stack, ...]:
    """Each after those that it takes values from, and whose resources its own come after."""
    layers = {resource.address: resource.layer for resource in plan.resources}
    by_layer = {
        layer: [resource for resource in plan.resources if resource.layer == layer]
        for layer in sorted(set(layers.values()))
    }
    wanted = _wanted(by_layer, layers)
    return tuple(
        _stack(plan, layer, by_layer[layer], layers, wanted) for layer in _ordered(by_layer, layers)
    )


def parameter_path(plan: Plan, attribute: Attribute) -> str:
    """The name of the SSM parameter that holds an attribute."""
    end = attribute.address if attribute.name is None else f"{attribute.address}.{attribute.name}"
    return f"/infragraph/{plan.application}/{plan.environment}/{end}"


def parameter_name(attribute: Attribute) -> str:
    """The template's own parameter that stands for it."""
    return f"{attribute.address}{_OTHERS.sub('', attribute.name or 'Ref')}Given"


def _wanted(
    by_layer: Mapping[str, Iterable[PlannedResource]], layers: Mapping[str, str]
) -> frozenset[Attribute]:
    """Attributes that another layer than their own mentions."""
    return frozenset(
        attribute
        for layer, resources in by_layer.items()
        for resource in resources
        for attribute in attributes(resource.properties)
        if layers[attribute.address] != layer
    )


def _stack(
    plan: Plan,
    layer: str,
    resources: Iterable[PlannedResource],
    layers: Mapping[str, str],
    wanted: frozenset[Attribute],
) -> Stack:
    own = [_local(resource, layers) for resource in resources]
    passed = sorted((it for it in wanted if layers[it.address] == layer), key=parameter_name)
    given = {
        parameter_name(attribute): attribute
        for resource in resources
        for attribute in attributes(resource.properties)
        if layers[attribute.address] != layer
    }
    every = (*own, *(_passing(plan, layer, attribute) for attribute in passed))
    return Stack(
        layer=layer,
        resources=tuple(sorted(every, key=lambda resource: resource.address)),
        given={name: given[name] for name in sorted(given)},
    )


def _local(resource: PlannedResource, layers: Mapping[str, str]) -> PlannedResource:
    """A resource in whose words other layers' things are parameters."""
    properties = {
        name: _localised(value, resource.layer, layers)
        for name, value in resource.properties.items()
    }
    after = tuple(it for it in resource.after if layers[it] == resource.layer)
    return replace(resource, properties=properties, after=after)


def _localised(value: PlanValue, layer: str, layers: Mapping[str, str]) -> PlanValue:
    match value:
        case Attribute():
            return _text(value, layer, layers)
        case Joined():
            parts = (
                _text(part, layer, layers) if isinstance(part, Attribute) else part
                for part in value.parts
            )
            return Joined(parts=tuple(parts))
        case Mapping():
            return {name: _localised(item, layer, layers) for name, item in value.items()}
        case Sequence() if not isinstance(value, str):
            return tuple(_localised(item, layer, layers) for item in value)
        case _:
            return value


def _text(attribute: Attribute, layer: str, layers: Mapping[str, str]) -> Attribute | Parameter:
    if layers[attribute.address] == layer:
        return attribute
    return Parameter(name=parameter_name(attribute))


def _passing(plan: Plan, layer: str, attribute: Attribute) -> PlannedResource:
    return PlannedResource(
        address=f"{parameter_name(attribute).removesuffix('Given')}Passed",
        type="AWS::SSM::Parameter",
        layer=layer,
        properties={
            "Name": parameter_path(plan, attribute),
            "Type": "String",
            "Value": attribute,
            "Tags": {
                "infragraph:app": plan.application,
                "infragraph:env": plan.environment,
            },
        },
    )


def _ordered(
    by_layer: Mapping[str, Iterable[PlannedResource]], layers: Mapping[str, str]
) -> list[str]:
    """Consumers before publishers where that is possible; references are never in a ring."""
    waits = {
        layer: {layers[it] for resource in resources for it in resource.after} - {layer}
        for layer, resources in by_layer.items()
    }
    ordered = [layer for layer in FIRST if layer in by_layer]
    remaining = [layer for layer in by_layer if layer not in FIRST]
    while remaining:
        ready = [layer for layer in remaining if waits[layer] <= {*ordered}]
        chosen = (ready or remaining)[0]
        ordered.append(chosen)
        remaining.remove(chosen)
    return ordered
