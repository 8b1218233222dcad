"""The addresses of a plan as JSON, one node to a line; what is known later is read by variable."""

import json
from collections.abc import Mapping

from infragraph.formats.runtime.fields import fields_of
from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph, Property
from infragraph.model.plan import Attribute, Joined, Parameter, Plan, PlanValue
from infragraph.model.variables import variable

SCHEMA_VERSION = 1

AUDIT = "audit"
"""The member that says where the record of audited topics is; no node has such an id."""


def render(plan: Plan, graph: InfraGraph, environment: Environment) -> tuple[Artifact, ...]:
    """One file, of a plan in which `completeness` finds no fault.

    Nothing of it depends on what the cloud answers, so that it can be part of the image.
    """
    head: dict[str, Property] = {
        "schema_version": SCHEMA_VERSION,
        "application": graph.application,
        "environment": environment.name,
        "provider": plan.target,
        "region": environment.region,
    }
    if environment.project is not None:
        head["project"] = environment.project
    if plan.audit:
        head["audit"] = _entry(AUDIT, plan.audit)
    lines = [f"  {_dump(name)}: {_dump(value)}" for name, value in head.items()]
    lines.append(f'  "resources": {_resources(plan, graph)}')
    content = "{\n" + ",\n".join(lines) + "\n}\n"
    return (Artifact(path=f"infragraph.runtime.{environment.name}.json", content=content),)


def _resources(plan: Plan, graph: InfraGraph) -> str:
    nodes = sorted(node.id for node in graph.nodes if fields_of(plan.target, node) is not None)
    lines = [f"    {_dump(node)}: {_dump(_entry(node, plan.addresses[node]))}" for node in nodes]
    return "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"


def _entry(node: str, fields: Mapping[str, PlanValue]) -> Mapping[str, Property]:
    return {name: _value(node, name, fields[name]) for name in sorted(fields)}


def _value(node: str, field: str, value: PlanValue) -> Property:
    match value:
        case Attribute() | Parameter() | Joined():
            return {"env": variable(node, field)}
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {key: _value(node, f"{field}.{key}", value[key]) for key in sorted(value)}
        case _:
            return [_value(node, f"{field}.{at}", item) for at, item in enumerate(value)]


def _dump(value: Property) -> str:
    return json.dumps(value, ensure_ascii=False)
