"""String literals of libcst, f-strings and t-strings among them, as nodes of `ast`."""

import ast
import re
from collections.abc import Mapping
from typing import Any

import libcst as cst

from infragraph.frontend.extract.newer.conversion import Conversion, LiteralError, Span


class TemplateStr(ast.expr):
    """A t-string on a Python that has no node for it."""

    _fields = ("values",)
    values: list[Any]


def _simple(node: cst.SimpleString, into: Conversion) -> Any:
    return into.put(ast.Constant(into.literal(node, node.value)), into.span(node))


def _formatted(node: Any, into: Conversion) -> Any:
    return _whole(_parts_of(node, into), into.span(node), is_template=False, into=into)


def _template(node: Any, into: Conversion) -> Any:
    into.is_newer = True
    return _whole(_parts_of(node, into), into.span(node), is_template=True, into=into)


def _concatenated(node: cst.ConcatenatedString, into: Conversion) -> Any:
    pieces: list[Any] = []
    rest: Any = node
    while isinstance(rest, cst.ConcatenatedString):
        pieces.append(rest.left)
        rest = rest.right
    pieces.append(rest)
    span = into.across(into.span(pieces[0]), into.span(pieces[-1]))
    if all(isinstance(piece, cst.SimpleString) for piece in pieces):
        values = [into.literal(piece, piece.value) for piece in pieces]
        if any(isinstance(value, bytes) != isinstance(values[0], bytes) for value in values):
            raise LiteralError(span.line)
        return into.put(ast.Constant(type(values[0])().join(values)), span)
    is_template = any(isinstance(piece, cst.TemplatedString) for piece in pieces)
    into.is_newer |= is_template
    parts = [part for piece in pieces for part in _parts_of(piece, into)]
    return _whole(parts, span, is_template=is_template, into=into)


def _whole(parts: list[Any], span: Span, *, is_template: bool, into: Conversion) -> Any:
    if not is_template:
        return into.put(ast.JoinedStr(parts), span)
    made = TemplateStr()
    made.values = parts
    return into.put(made, span)


def _parts_of(node: Any, into: Conversion) -> list[Any]:
    span = into.span(node)
    if isinstance(node, cst.SimpleString):
        value = into.literal(node, node.value)
        if isinstance(value, bytes):
            raise LiteralError(span.line)
        return [into.put(ast.Constant(value), span)]
    quotes = node.start.lstrip("fFrRtT")
    is_raw = "r" in node.start.lower()
    return _parts(node.parts, span, quotes, is_raw=is_raw, into=into)


def _parts(parts: Any, span: Span, quotes: str, *, is_raw: bool, into: Conversion) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        if isinstance(part, cst.FormattedStringText | cst.TemplatedStringText):
            text = _unescaped(part, is_raw=is_raw, into=into)
            found.append(into.put(ast.Constant(text), span))
            continue
        written = into.code(part.whitespace_before_expression) + into.code(part.expression)
        after = into.code(part.whitespace_after_expression if part.equal is None else part.equal)
        written += after
        into.is_newer |= "\\" in written or "#" in written or quotes in written
        into.is_newer |= len(quotes) == 1 and "\n" in written
        if part.equal is not None:
            found.append(into.put(ast.Constant(written), span))
        spec = None
        if part.format_spec is not None:
            inner = _parts(part.format_spec, span, quotes, is_raw=is_raw, into=into)
            spec = into.put(ast.JoinedStr(inner), span)
        conversion = -1 if part.conversion is None else ord(part.conversion)
        if part.equal is not None and part.conversion is None and part.format_spec is None:
            conversion = ord("r")
        made = ast.FormattedValue(into.of(part.expression), conversion, spec)
        found.append(into.put(made, span))
    return found


_ESCAPE = re.compile(
    r"\\(?:\n|[\\'\"abfnrtv]|[0-7]{1,3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|N\{[^}]*\})"
    r"|\{\{|\}\}"
)


def _unescaped(part: Any, *, is_raw: bool, into: Conversion) -> str:
    if is_raw:
        return str(part.value.replace("{{", "{").replace("}}", "}"))

    def character(found: re.Match[str]) -> str:
        written = found.group()
        if written in {"{{", "}}"}:
            return written[0]
        return "" if written == "\\\n" else str(into.literal(part, f"'{written}'"))

    return _ESCAPE.sub(character, part.value)


STRINGS: Mapping[type, Any] = {
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: _formatted,
    cst.SimpleString: _simple,
    cst.TemplatedString: _template,
}
