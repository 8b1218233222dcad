"""Templates for an emulator, without what it lacks: of AWS nothing is ever left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from infragraph.deploy.aws.templates import Json, Template, mentioned, parameters, resources


def without(template: Template, lacking: frozenset[str]) -> tuple[Template, Mapping[str, str]]:
    """A template without what is lacking, and all that it then has not, with why.

    It may lack types, as `AWS::EC2::EIP`: what refers to something left out is left out too, and so
    are outputs about it. Or attributes, as `AWS::RDS::DBInstance.Endpoint.Address`: a text stands
    in their place.
    """
    template, left = _without_attributes(template, lacking)
    left |= {
        name: one["Type"] for name, one in resources(template).items() if one["Type"] in lacking
    }
    remaining = {name: one for name, one in resources(template).items() if name not in left}
    while True:
        broken = {
            name: needed
            for name, one in remaining.items()
            for needed in mentioned(one.get("Properties", {}))
            if needed in left
        }
        if not broken:
            break
        for name, needed in broken.items():
            left[name] = f"{remaining.pop(name)['Type']}, which needs {needed}"
    outputs = {
        name: one
        for name, one in template.get("Outputs", {}).items()
        if not left.keys() & set(mentioned(one))
    }
    kept = {name: _unordered(one, left) for name, one in remaining.items()}
    used = set(mentioned([*kept.values(), *outputs.values()]))
    shown = {name: one for name, one in parameters(template).items() if name in used}
    whole = {**template, "Resources": kept, "Outputs": outputs, "Parameters": shown}
    return {name: part for name, part in whole.items() if part}, dict(sorted(left.items()))


def _without_attributes(
    template: Template, lacking: frozenset[str]
) -> tuple[Template, dict[str, str]]:
    absent = {
        (name, attribute): f"{name}.{attribute}"
        for name, one in resources(template).items()
        for type_, _, attribute in (it.partition(".") for it in sorted(lacking))
        if one["Type"] == type_ and attribute
    }
    left = dict.fromkeys(absent.values(), "in whose place a text stands")
    whole = {name: _stood_in(part, absent) for name, part in template.items()}
    return whole, left


def _stood_in(value: Json, absent: Mapping[tuple[str, str], str]) -> Json:
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return value
    if isinstance(value, Sequence):
        return [_stood_in(item, absent) for item in value]
    match value.get("Fn::GetAtt"):
        case [str(name), str(attribute)] if (name, attribute) in absent:
            return f"lacking:{absent[name, attribute]}"
        case _:
            return {key: _stood_in(item, absent) for key, item in value.items()}


def _unordered(resource: Mapping[str, Any], left: Mapping[str, str]) -> Mapping[str, Any]:
    """The resource after those alone that are there."""
    after = resource.get("DependsOn", [])
    first = [after] if isinstance(after, str) else after
    there = {name: part for name, part in resource.items() if name != "DependsOn"}
    remaining = [name for name in first if name not in left]
    return {**there, "DependsOn": remaining} if remaining else there
