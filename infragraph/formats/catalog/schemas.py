"""Payload schemas as tables of fields, and types as phrases in which named ones are links."""

from collections.abc import Iterator, Mapping, Sequence

from infragraph.documents.narrowing import Object, items, mapping, text, texts
from infragraph.documents.payloads import referred
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.options import written
from infragraph.formats.catalog.page import Cell, Code, Phrase, Text, plain
from infragraph.model.graph import Property

HEADS = ("Field", "Type", "Required", "Default", "Description")


def fields(contents: Contents, schema: Object, path: str = "") -> Iterator[tuple[Cell, ...]]:
    """A row for each field, and below it those of an object that has no name of its own."""
    required = set(texts(schema.get("required")))
    for name, value in mapping(schema.get("properties")).items():
        member = mapping(value)
        own = f"{path}{name}"
        described = text(member.get("description"))
        yield (
            ((Code(text=own),),),
            (of_type(contents, value, but=_SAID),),
            plain("yes" if name in required else "no"),
            ((Code(text=written(member["default"])),),) if "default" in member else (),
            () if described is None else plain(described),
        )
        yield from _below(contents, member, own)


def of_type(contents: Contents, schema: Property, *, but: frozenset[str]) -> Phrase:
    """What a value may be, and whatever else is said of it but what is told elsewhere."""
    if schema is True:
        return (Text(text="anything"),)
    if not isinstance(schema, Mapping):
        return (Text(text="nothing"),) if schema is False else (Text(text="anything"),)
    phrase, told = _form(contents, schema)
    rest = [word for word in schema if word not in told and word not in but]
    more = [(Text(text=", "), Code(text=f"{word}: {written(schema[word])}")) for word in rest]
    return (*phrase, *(part for parts in more for part in parts))


def _form(contents: Contents, schema: Object) -> tuple[Phrase, frozenset[str]]:  # noqa: PLR0911
    """The phrase, and the keywords that it tells."""
    payload = referred(schema)
    if payload is not None:
        return (contents.payload(payload),), frozenset({"$ref"})
    for word, joint in _JOINTS:
        if items(schema.get(word)):
            return _joined(contents, items(schema[word]), joint), frozenset({word})
    if "const" in schema:
        return (Code(text=written(schema["const"])),), frozenset({"const", "type"})
    if items(schema.get("enum")):
        choices = [(Code(text=written(it)),) for it in items(schema["enum"])]
        return _between(choices, " or "), frozenset({"enum", "type"})
    if schema.get("type") == "array":
        return _array(contents, schema)
    if schema.get("type") == "object":
        return _object(contents, schema)
    if isinstance(schema.get("type"), str):
        return _scalar(schema)
    names = texts(schema.get("type"))
    if names:
        return (Text(text=" or ".join(names)),), frozenset({"type"})
    return (Text(text="anything"),), frozenset()


def _scalar(schema: Object) -> tuple[Phrase, frozenset[str]]:
    form = text(schema.get("format"))
    shown = str(schema["type"]) if form is None else f"{schema['type']} ({form})"
    return (Text(text=shown),), frozenset({"type", "format"} if form else {"type"})


def _array(contents: Contents, schema: Object) -> tuple[Phrase, frozenset[str]]:
    if items(schema.get("prefixItems")):
        parts = _joined(contents, items(schema["prefixItems"]), ", ")
        phrase = (Text(text="tuple of "), *parts)
        return phrase, frozenset({"type", "prefixItems"})
    if schema.get("items") is None:
        return (Text(text="list"),), frozenset({"type"})
    phrase = (Text(text="list of "), *_grouped(contents, schema["items"]))
    return phrase, frozenset({"type", "items"})


def _object(contents: Contents, schema: Object) -> tuple[Phrase, frozenset[str]]:
    """Fields are told by rows of their own."""
    values = schema.get("additionalProperties")
    if schema.get("properties") or not isinstance(values, Mapping):
        return (Text(text="object"),), frozenset({"type", "properties", "required"})
    phrase = (Text(text="map of "), *_grouped(contents, values))
    return phrase, frozenset({"type", "additionalProperties"})


def _grouped(contents: Contents, schema: Property) -> Phrase:
    """In brackets where it would not be seen how far it goes."""
    phrase = of_type(contents, schema, but=_FIELDS)
    return phrase if len(phrase) == 1 else (Text(text="("), *phrase, Text(text=")"))


def _joined(contents: Contents, schemas: Sequence[Property], joint: str) -> Phrase:
    return _between([_grouped(contents, it) for it in schemas], joint)


def _between(phrases: Sequence[Phrase], joint: str) -> Phrase:
    parts = [((Text(text=joint),) if number else ()) + it for number, it in enumerate(phrases)]
    return tuple(part for phrase in parts for part in phrase)


def _below(contents: Contents, schema: Object, path: str) -> Iterator[tuple[Cell, ...]]:
    if schema.get("properties"):
        yield from fields(contents, schema, f"{path}.")
    for word, mark in (("items", "[]"), ("additionalProperties", "{}")):
        if isinstance(schema.get(word), Mapping):
            yield from _below(contents, mapping(schema[word]), f"{path}{mark}")
    for word in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for member in items(schema.get(word)):
            yield from _below(contents, mapping(member), path)


_JOINTS = (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and "))
_FIELDS = frozenset({"properties", "required"})
_SAID = _FIELDS | {"default", "description"}
