"""What a payload's JSON Schema says of its values: how large they may be, and what they may be.

A named type is looked into once, however often and however deep it is mentioned: types may hold
each other and themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from infragraph.model.graph import Property

Schema: TypeAlias = Mapping[str, Property]
Definitions: TypeAlias = Mapping[str, Schema]

LARGEST = 2**62
"""No size is told above this, which no provider carries."""

_SHORTEST = {"null": 4, "boolean": 4, "integer": 1, "number": 1}
"""The JSON of the shortest value of what has no bound that counts."""


def alternatives(
    schema: Schema, definitions: Definitions, seen: set[str] | None = None
) -> Iterator[Schema]:
    """The schemas of which a value fits one; nothing is said of what is not known."""
    seen = set() if seen is None else seen
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference not in seen:
            seen.add(reference)
            yield from alternatives(_defined(reference, definitions), definitions, seen)
    elif "anyOf" in schema:
        for one in _schemas(schema["anyOf"]):
            yield from alternatives(one, definitions, seen)
    else:
        yield schema


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


def is_unbounded(schema: Schema) -> bool:
    """Whether it is a list or a mapping of any length."""
    if schema.get("type") == "array":
        return "items" in schema and "maxItems" not in schema
    return bool(schema.get("additionalProperties")) and "maxProperties" not in schema


def walked(
    schema: Schema, definitions: Definitions, path: str = "", seen: set[str] | None = None
) -> Iterator[tuple[str, Schema]]:
    """Every part of a value with its path: members `a.b`, elements `a[]`."""
    seen = set() if seen is None else seen
    for one in alternatives(schema, definitions, seen):
        yield path, one
        for name, member in _entries(one.get("properties")):
            yield from walked(member, definitions, f"{path}.{name}" if path else name, seen)
        for inner in _elements(one):
            yield from walked(inner, definitions, f"{path}[]", seen)


def largest(schema: Schema, definitions: Definitions, known: dict[str, int] | None = None) -> int:
    """The bytes of JSON that the stated bounds allow for sure.

    A text counts its `maxLength` as ASCII, and what has no bound nothing: a value may be larger.
    """
    known = {} if known is None else known
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference not in known:
            known[reference] = 0  # What holds itself has no bound.
            known[reference] = largest(_defined(reference, definitions), definitions, known)
        return known[reference]
    if "anyOf" in schema:
        sizes = [largest(one, definitions, known) for one in _schemas(schema["anyOf"])]
        return max(sizes, default=0)
    return min(_largest(schema, definitions, known), LARGEST)


def _largest(schema: Schema, definitions: Definitions, known: dict[str, int]) -> int:
    kind = schema.get("type")
    if kind == "string":
        longest = schema.get("maxLength")
        return 2 + (longest if isinstance(longest, int) else 0)
    if kind == "array":
        items, most = schema.get("items"), schema.get("maxItems")
        if not isinstance(items, Mapping) or not isinstance(most, int) or most < 1:
            return 2
        return 2 + most * largest(items, definitions, known) + most - 1
    members = _entries(schema.get("properties"))
    if kind == "object" or members:
        # `"name":value`, with a comma between two.
        sizes = [
            len(name.encode(errors="surrogatepass")) + 3 + largest(member, definitions, known)
            for name, member in members
        ]
        return 2 + sum(sizes) + max(len(sizes) - 1, 0)
    return _SHORTEST.get(str(kind), 0)


def _defined(reference: str, definitions: Definitions) -> Schema:
    return definitions.get(reference.removeprefix("#/payloads/"), {})


def _elements(schema: Schema) -> Iterator[Schema]:
    """The schemas of what a list, a tuple or a mapping holds."""
    for word in ("items", "additionalProperties"):
        inner = schema.get(word)
        if isinstance(inner, Mapping):
            yield inner
    if "prefixItems" in schema:
        yield from _schemas(schema["prefixItems"])


def _entries(value: Property) -> list[tuple[str, Schema]]:
    if not isinstance(value, Mapping):
        return []
    return [(name, one) for name, one in value.items() if isinstance(one, Mapping)]


def _schemas(value: Property) -> list[Schema]:
    return [one for one in cast("Sequence[Property]", value) if isinstance(one, Mapping)]
