"""Where each key of a document stands, and its value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.model.source import SourceSpan
from infragraph.workspace import yaml_nodes

Keys: TypeAlias = tuple[str, ...]
"""The keys that lead to a value, outermost first; an item of a list by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The spans of a key and of its value; an item of a list has one span for both."""

    key: SourceSpan
    value: SourceSpan


def places(node: yaml_nodes.Node) -> Mapping[Keys, Place]:
    return dict(_places(node, ()))


def _places(node: yaml_nodes.Node, above: Keys) -> Iterator[tuple[Keys, Place]]:
    match node:
        case yaml_nodes.Mapping():
            for key, value in node.entries:
                keys = (*above, key.text)
                yield keys, Place(key=key.span, value=value.span)
                yield from _places(value, keys)
        case yaml_nodes.Sequence():
            for number, item in enumerate(node.items):
                keys = (*above, str(number))
                yield keys, Place(key=item.span, value=item.span)
                yield from _places(item, keys)
        case yaml_nodes.Scalar():
            return
