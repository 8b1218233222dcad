"""Options of a declaration, in words."""

import json
from collections.abc import Collection, Iterable

from infragraph.documents.durations import DURATIONS, duration
from infragraph.documents.narrowing import items, mapping, texts
from infragraph.formats.catalog.page import Cell, Code, Phrase, Text
from infragraph.model.graph import Node, Property


def options(node: Node, but: Collection[str]) -> tuple[tuple[str, Cell], ...]:
    """All that are set, but for those that a page tells in its own way."""
    return tuple(
        (name.replace("_", " ").capitalize(), (option(name, value),))
        for name, value in node.properties.items()
        if name not in but and value not in _UNSET
    )


def option(name: str, value: Property) -> Phrase:
    if value is True:
        return (Text(text="yes"),)
    if name in DURATIONS and isinstance(value, int | float):
        return (Text(text=duration(value)),)
    if isinstance(value, str):
        return (Code(text=value),)
    names = texts(value)
    if names and len(names) == len(items(value)):
        return _joined((Code(text=it),) for it in names)
    if mapping(value):
        return _joined(
            (Code(text=key), Text(text=" "), *option(key, it)) for key, it in mapping(value).items()
        )
    return (Code(text=written(value)),)


def written(value: Property) -> str:
    """As JSON, in which every text can be told from a number."""
    return json.dumps(value, ensure_ascii=False)


def _joined(phrases: Iterable[Phrase]) -> Phrase:
    return tuple(part for phrase in phrases for part in (Text(text=", "), *phrase))[1:]


_UNSET: tuple[Property, ...] = (None, False, [], (), {}, "")
