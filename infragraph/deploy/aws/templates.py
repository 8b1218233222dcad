"""Templates as they are read back: what is in them, what mentions what, and how many tasks run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Template: TypeAlias = Mapping[str, Any]
Resource: TypeAlias = Mapping[str, Any]

SERVICE = "AWS::ECS::Service"
TASK_DEFINITION = "AWS::ECS::TaskDefinition"


def resources(template: Template) -> Mapping[str, Resource]:
    found: Mapping[str, Resource] = template.get("Resources", {})
    return found


def parameters(template: Template) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = template.get("Parameters", {})
    return found


def of_type(template: Template, type_: str) -> Iterator[tuple[str, Resource]]:
    for name, resource in sorted(resources(template).items()):
        if resource["Type"] == type_:
            yield name, resource


def mentioned(value: Json) -> Iterator[str]:
    """What `Ref` and `Fn::GetAtt` name: resources and parameters."""
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return
    if isinstance(value, Sequence):
        for item in value:
            yield from mentioned(item)
        return
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), _]}:
            yield name
        case _:
            for item in value.values():
                yield from mentioned(item)


def counts(template: Template) -> Mapping[str, frozenset[str]]:
    """The parameters that say how many tasks run, with the ECS services that each is about."""
    services = {name for name, _ in of_type(template, SERVICE)}
    found: dict[str, set[str]] = {}
    for name, resource in sorted(resources(template).items()):
        properties = resource.get("Properties", {})
        if name in services:
            wanted, about = properties.get("DesiredCount"), {name}
        elif resource["Type"] == "AWS::ApplicationAutoScaling::ScalableTarget":
            wanted = properties.get("MinCapacity")
            about = services & set(mentioned(properties.get("ResourceId")))
        else:
            continue
        for parameter in mentioned(wanted):
            found.setdefault(parameter, set()).update(about)
    return {name: frozenset(about) for name, about in sorted(found.items())}
