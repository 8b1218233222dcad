"""Declarations written by hand, for tests of what is read from one."""

from dataclasses import dataclass, replace

from infragraph.model.declaration import Declaration
from infragraph.model.directory import DirectoryListing
from infragraph.model.source import SourceSpan
from infragraph.model.values import KeywordValue, Known, StaticValue

Plain = str | bytes | int | float | complex | bool | None


def span(line: int, column: int = 1) -> SourceSpan:
    return SourceSpan(
        path="shop.py", line=line, column=column, end_line=line, end_column=column + 10
    )


CALL = span(1)


def constant(value: Plain, line: int = 2) -> Known:
    return Known(value=value, span=span(line))


def keyword(name: str, value: StaticValue) -> KeywordValue:
    """`name=value`, whose name stands right before the value's line begins."""
    whole = replace(value.span, end_column=value.span.end_column + len(name) + 1)
    return KeywordValue(name=name, value=value, span=whole)


def declaration(kind: str, *positional: StaticValue, **keywords: StaticValue) -> Declaration:
    return Declaration(
        key=f"shop.py:1:1:{kind}",
        kind=kind,
        span=CALL,
        call=CALL,
        callee=kind,
        module="shop",
        symbol="shop.it",
        doc=None,
        positional=positional,
        keywords=tuple(keyword(name, value) for name, value in keywords.items()),
        is_open=False,
        service=None,
        method=None,
        type_argument=None,
        handler=None,
        placement="module",
    )


@dataclass(frozen=True)
class NoDirectories:
    """A tree without migrations."""

    def __call__(self, _path: str) -> DirectoryListing | None:
        return None
