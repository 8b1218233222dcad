"""What the JSON Schema of a payload says of one of its members."""

from collections.abc import Mapping, Sequence
from typing import cast

from infragraph.model.declaration import TypeFacts
from infragraph.model.graph import Property

ANYTHING: Mapping[str, Property] = {}

STEPS = 16
"""References and alternatives inside each other that are followed."""


def member_schema(payload: TypeFacts, name: str) -> Mapping[str, Property]:
    """The schema of a member; where it is not found under its name, anything fits."""
    found = _resolved(payload.schema, payload.definitions)
    return _mapping(_mapping(found.get("properties")).get(name))


def may_be(  # noqa: PLR0911 - a line per form
    constant: str | int,
    schema: Mapping[str, Property],
    definitions: Mapping[str, Mapping[str, Property]],
    steps: int = STEPS,
) -> bool:
    """Whether a text or a whole number can be a value of the schema; true where that is open."""
    schema = _resolved(schema, definitions)
    if not steps:
        return True
    if "anyOf" in schema:
        alternatives = [_mapping(one) for one in cast("Sequence[Property]", schema["anyOf"])]
        return any(may_be(constant, one, definitions, steps - 1) for one in alternatives)
    if "enum" in schema:
        return constant in cast("Sequence[Property]", schema["enum"])
    match schema.get("type"):
        case "string":
            return isinstance(constant, str)
        case "integer" | "number":
            return isinstance(constant, int)
        case "null":
            return False
        case _:
            return True


def _resolved(
    schema: Mapping[str, Property], definitions: Mapping[str, Mapping[str, Property]]
) -> Mapping[str, Property]:
    """What a reference refers to."""
    for _ in range(STEPS):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        schema = definitions.get(reference.removeprefix("#/payloads/"), ANYTHING)
    return ANYTHING


def _mapping(value: Property) -> Mapping[str, Property]:
    return value if isinstance(value, Mapping) else ANYTHING
