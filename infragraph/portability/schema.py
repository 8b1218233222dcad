"""What a payload's JSON Schema says of its values: how large they may be, and what they may be."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from infragraph.model.graph import Property

Schema: TypeAlias = Mapping[str, Property]
Definitions: TypeAlias = Mapping[str, Schema]

STEPS = 12
"""References, members and alternatives inside each other that are followed."""

_SPECIAL = {"null": 4, "boolean": 4, "integer": 1, "number": 1}
"""The JSON of the shortest value of what has no bound that counts."""


def resolved(schema: Schema, definitions: Definitions) -> Schema:
    """What a reference refers to; nothing is said of what is not known."""
    for _ in range(STEPS):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        schema = definitions.get(reference.removeprefix("#/payloads/"), {})
    return {}


def alternatives(schema: Schema, definitions: Definitions, steps: int = STEPS) -> Iterator[Schema]:
    """The schemas of which a value fits one, those of references included."""
    found = resolved(schema, definitions)
    if "anyOf" in found and steps:
        for one in _schemas(found["anyOf"]):
            yield from alternatives(one, definitions, steps - 1)
    else:
        yield found


def admits(schema: Schema, value: str | None, definitions: Definitions) -> bool:
    """Whether the schema says in so many words that a value may be this one."""
    for one in alternatives(schema, definitions):
        listed = one.get("enum")
        if isinstance(listed, Sequence) and not isinstance(listed, str):
            if value in listed:
                return True
        elif value is None and one.get("type") == "null":
            return True
    return False


def is_binary(schema: Schema) -> bool:
    return schema.get("contentEncoding") == "base64" or schema.get("format") == "binary"


def walked(
    schema: Schema, definitions: Definitions, path: str = "", steps: int = STEPS
) -> Iterator[tuple[str, Schema]]:
    """Every part of a value with its path: members `a.b`, elements `a[]`."""
    for one in alternatives(schema, definitions):
        yield path, one
        if not steps:
            continue
        for name, member in _entries(one.get("properties")):
            inner = f"{path}.{name}" if path else name
            yield from walked(member, definitions, inner, steps - 1)
        items = one.get("items")
        if isinstance(items, Mapping):
            yield from walked(items, definitions, f"{path}[]", steps - 1)


def largest(schema: Schema, definitions: Definitions, steps: int = STEPS) -> int:
    """The bytes of JSON that the stated bounds allow for sure.

    A text counts its `maxLength` as ASCII, and what has no bound nothing: a value may be larger.
    """
    if not steps:
        return 0
    return max(
        (_largest(one, definitions, steps) for one in alternatives(schema, definitions)), default=0
    )


def _largest(schema: Schema, definitions: Definitions, steps: int) -> int:
    kind = schema.get("type")
    if kind == "string":
        longest = schema.get("maxLength")
        return 2 + (longest if isinstance(longest, int) else 0)
    if kind == "array":
        items, most = schema.get("items"), schema.get("maxItems")
        if not isinstance(items, Mapping) or not isinstance(most, int) or most < 1:
            return 2
        return 2 + most * largest(items, definitions, steps - 1) + most - 1
    members = _entries(schema.get("properties"))
    if kind == "object" or members:
        # `"name":value`, with a comma between two.
        sizes = [
            len(name.encode()) + 3 + largest(member, definitions, steps - 1)
            for name, member in members
        ]
        return 2 + sum(sizes) + max(len(sizes) - 1, 0)
    return _SPECIAL.get(str(kind), 0)


def _entries(value: Property) -> list[tuple[str, Schema]]:
    if not isinstance(value, Mapping):
        return []
    return [(name, one) for name, one in value.items() if isinstance(one, Mapping)]


def _schemas(value: Property) -> list[Schema]:
    return [one for one in cast("Sequence[Property]", value) if isinstance(one, Mapping)]
