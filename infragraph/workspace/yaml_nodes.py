"""YAML as a tree of nodes that know where they stand; a plain subset of the language, on purpose.

A plain `off`, `no` or date stays text, as in YAML 1.2: under 1.1, `severity: {dead-topic: off}`
would hold a boolean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from infragraph.diagnostics.configuration_problems import (
    CONFIGURATION_DUPLICATE_KEY,
    CONFIGURATION_SYNTAX,
    CONFIGURATION_YAML_FEATURE,
)
from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.model.source import SourceSpan

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 32

_WORD = re.compile(r"[^\s,\[\]{}]*")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """`text` as it is written; a quoted one is nothing but text."""

    text: str
    is_plain: bool
    span: SourceSpan

    def value(self) -> str | int | bool | None:
        if not self.is_plain:
            return self.text
        if self.text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
            return self.text.lower() == "true"
        if self.text in {"", "~", "null", "Null", "NULL"}:
            return None
        return int(self.text) if _INTEGER.fullmatch(self.text) else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    items: tuple["Node", ...]
    span: SourceSpan

    def value(self) -> list["Value"]:
        return [item.value() for item in self.items]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    entries: tuple[tuple[Scalar, "Node"], ...]
    span: SourceSpan

    def value(self) -> dict[str, "Value"]:
        return {key.text: item.value() for key, item in self.entries}


Node: TypeAlias = Scalar | Sequence | Mapping
Value: TypeAlias = str | int | bool | list["Value"] | dict[str, "Value"] | None


def read_document(content: bytes, path: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The only document of a file, and what is wrong with its form; an empty file is a mapping."""
    if len(content) > MAXIMUM_BYTES:
        return None, (_syntax(path, 1, 1, "it is larger than 1 MB"),)
    try:
        node, mistakes = _composed(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, (_syntax(path, line, column, "it is not encoded as UTF-8"),)
    if mistakes:
        return None, mistakes
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        start = SourceSpan(path=path, line=1, column=1, end_line=1, end_column=1)
        return Mapping(entries=(), span=start), ()
    found: list[Diagnostic] = []
    return _node(node, path, found), tuple(found)


def _composed(text: str, path: str) -> tuple[yaml.Node | None, tuple[Diagnostic, ...]]:
    try:
        refused = tuple(_refused(text, path))
        return (None, refused) if refused else (yaml.compose(text, Loader=yaml.SafeLoader), ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return None, (_syntax(path, line, column, _reason(error.problem)),)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        return None, (_syntax(path, line, column, "it holds a control character"),)


def _reason(problem: str | None) -> str:
    """PyYAML's own words where they are plain, without the characters that it names."""
    return (problem or "it is not YAML").replace("\n", " ").rstrip(".")


def _syntax(path: str, line: int, column: int, reason: str) -> Diagnostic:
    span = SourceSpan(path=path, line=line, column=column, end_line=line, end_column=column)
    return CONFIGURATION_SYNTAX.at(span, reason=reason)


def _refused(text: str, path: str) -> Iterator[Diagnostic]:
    """Features that are not read, found before anything is built from the stream of events."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:  # noqa: PLR2004 - the second one
                yield CONFIGURATION_SYNTAX.at(_span(event, path), reason="it holds two documents")
        if isinstance(event, yaml.AliasEvent):
            yield CONFIGURATION_YAML_FEATURE.at(_span(event, path), feature="aliases")
        elif isinstance(event, yaml.NodeEvent):
            yield from _refused_node(event, text, path)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAXIMUM_DEPTH:
                yield CONFIGURATION_SYNTAX.at(_span(event, path), reason="it nests too deeply")
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refused_node(event: yaml.NodeEvent, text: str, path: str) -> Iterator[Diagnostic]:
    if event.anchor is not None:
        span = _property_span(event, text, path, f"&{event.anchor}")
        yield CONFIGURATION_YAML_FEATURE.at(span, feature="anchors")
    if getattr(event, "tag", None) is not None:
        yield CONFIGURATION_YAML_FEATURE.at(_property_span(event, text, path, "!"), feature="tags")
    if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.style is None:
        yield CONFIGURATION_YAML_FEATURE.at(_span(event, path), feature="merge keys")


def _property_span(event: yaml.NodeEvent, text: str, path: str, written: str) -> SourceSpan:
    """Where an anchor or tag stands: it is part of the event, at its start."""
    mark = event.start_mark
    assert mark is not None
    start = max(text.find(written, mark.index), mark.index)
    column = mark.column + 1 + start - mark.index
    word = _WORD.match(text, start)
    end = column + (len(word[0]) if word else 1)
    return SourceSpan(
        path=path, line=mark.line + 1, column=column, end_line=mark.line + 1, end_column=end
    )


def _node(node: yaml.Node, path: str, found: list[Diagnostic]) -> Node:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, found)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_node(item, path, found) for item in node.value)
        return Sequence(items=items, span=_span(node, path))
    assert isinstance(node, yaml.ScalarNode)
    return Scalar(text=node.value, is_plain=node.style is None, span=_span(node, path))


def _mapping(node: yaml.MappingNode, path: str, found: list[Diagnostic]) -> Mapping:
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            reason = "a key has to be a plain word"
            found.append(CONFIGURATION_SYNTAX.at(_span(key_node, path), reason=reason))
            continue
        span = _span(key_node, path)
        key = Scalar(text=key_node.value, is_plain=key_node.style is None, span=span)
        value = _node(value_node, path, found)
        if key.text in entries:
            first = Label(span=entries[key.text][0].span, text="it is given here first")
            found.append(CONFIGURATION_DUPLICATE_KEY.at(key.span, key=key.text, labels=(first,)))
        else:
            entries[key.text] = (key, value)
    return Mapping(entries=tuple(entries.values()), span=_span(node, path))


def _span(marked: yaml.Event | yaml.Node, path: str) -> SourceSpan:
    """The stretch of a node; a block's would run on to the next line that holds something."""
    start, end = marked.start_mark, marked.end_mark
    assert start is not None
    assert end is not None
    if end.column == 0 and end.line > start.line:
        return SourceSpan(
            path=path,
            line=start.line + 1,
            column=start.column + 1,
            end_line=start.line + 1,
            end_column=start.column + 2,
        )
    return SourceSpan(
        path=path,
        line=start.line + 1,
        column=start.column + 1,
        end_line=end.line + 1,
        end_column=end.column + 1,
    )
