"""JSON Schema fragments, and how they are joined and narrowed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from infragraph.model.graph import Property

Schema: TypeAlias = Mapping[str, Property]

TEXT: Schema = {"type": "string"}

NULL: Schema = {"type": "null"}

NEVER: Schema = {"not": {}}

JSON_TYPES: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    type(None): "null",
}


def reference(name: str) -> Schema:
    return {"$ref": f"#/payloads/{name}"}


def any_of(schemas: Iterable[Schema]) -> Schema:
    """The schema of what fits any of these, unions inside flattened and each once."""
    flat = [part for schema in schemas for part in alternatives(schema)]
    if not all(flat):
        return {}
    once = list({repr(schema): schema for schema in flat}.values())
    return once[0] if len(once) == 1 else {"anyOf": once}


def alternatives(schema: Schema) -> tuple[Schema, ...]:
    """What a union is one of; any other schema is one of itself."""
    inner = schema.get("anyOf")
    if set(schema) == {"anyOf"} and isinstance(inner, Sequence) and not isinstance(inner, str):
        return tuple(part for part in inner if isinstance(part, Mapping))
    return (schema,)


def takes_null(schema: Schema) -> bool:
    return any(not part or part == NULL or _lists_null(part) for part in alternatives(schema))


def _lists_null(schema: Schema) -> bool:
    listed = schema.get("enum")
    return isinstance(listed, Sequence) and not isinstance(listed, str) and None in listed


def enumeration(values: Iterable[Property]) -> Schema:
    """One of some constants, each once, with the JSON type that all of them have."""
    once = list({repr(value): value for value in values}.values())
    types = {JSON_TYPES.get(type(value)) for value in once}
    name = next(iter(types)) if len(types) == 1 else None
    return {"enum": once} if name is None else {"type": name, "enum": once}
