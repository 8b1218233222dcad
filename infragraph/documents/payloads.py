"""Schemas of the graph as schemas of a document, where named types are components."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from infragraph.documents.narrowing import Object, items, mapping, text
from infragraph.model.graph import Property

Change: TypeAlias = Callable[[Object], Object]

POINTER = "#/payloads/"


def changed(schema: Property, change: Change) -> Property:
    """A schema in which `change` has been made of each schema, the inner ones first.

    What looks like a schema within a constant is left alone.
    """
    if not isinstance(schema, Mapping):
        return schema  # `true` and `false` are schemas too.
    return change({word: _changed_at(word, value, change) for word, value in schema.items()})


def components(
    payloads: Mapping[str, Object], used: Iterable[Property], names: Mapping[str, str]
) -> dict[str, Object]:
    """The types that these schemas lead to, by their component's name, sorted."""
    found: dict[str, Object] = {}
    ahead = [payload for schema in used for payload in _references(schema)]
    while ahead:
        payload = ahead.pop()
        if payload in names and names[payload] not in found:
            found[names[payload]] = payloads[payload]
            ahead.extend(_references(payloads[payload]))
    return dict(sorted(found.items()))


def pointing(names: Mapping[str, str]) -> Change:
    """References to payloads as references to components; what there is not may be anything."""

    def change(schema: Object) -> Object:
        payload = referred(schema)
        if payload is None:
            return schema
        if payload not in names:
            return {word: value for word, value in schema.items() if word != "$ref"}
        return {**schema, "$ref": f"#/components/schemas/{names[payload]}"}

    return change


def referred(schema: Object) -> str | None:
    """The payload that a schema refers to."""
    reference = text(schema.get("$ref"))
    if reference is None or not reference.startswith(POINTER):
        return None
    return reference.removeprefix(POINTER)


def _references(schema: Property) -> Iterator[str]:
    if not isinstance(schema, Mapping):
        return
    payload = referred(schema)
    if payload is not None:
        yield payload
    for word, value in schema.items():
        for inner in _inner(word, value):
            yield from _references(inner)


def _inner(word: str, value: Property) -> Iterable[Property]:
    if word in _NAMED:
        return mapping(value).values()
    if word in _LISTED:
        return items(value)
    return (value,) if word in _SINGLE else ()


def _changed_at(word: str, value: Property, change: Change) -> Property:
    if word in _NAMED and isinstance(value, Mapping):
        return {name: changed(inner, change) for name, inner in value.items()}
    if word in _LISTED:
        return [changed(inner, change) for inner in items(value)]
    return changed(value, change) if word in _SINGLE else value


_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE = frozenset(
    {"additionalProperties", "contains", "contentSchema", "else", "if", "items", "not"}
    | {"propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
)
