"""Options of a declaration, in words."""

import json
from collections.abc import Collection, Iterable

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
    if name in _DURATIONS and isinstance(value, int | float):
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


def duration(seconds: float) -> str:
    """`90` is `90 seconds`, and `3600` is `1 hour`: the largest unit that leaves no rest."""
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds and seconds % size == 0:
            return _counted(int(seconds // size), unit)
    return _counted(seconds, "second")


def _joined(phrases: Iterable[Phrase]) -> Phrase:
    return tuple(part for phrase in phrases for part in (Text(text=", "), *phrase))[1:]


def _counted(count: float, unit: str) -> str:
    return f"{count:g} {unit}" if count == 1 else f"{count:g} {unit}s"


_DURATIONS = frozenset(
    {"ack_deadline", "every", "max_backoff", "min_backoff", "retention", "timeout"}
)
_UNSET: tuple[Property, ...] = (None, False, [], (), {}, "")
