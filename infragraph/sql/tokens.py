"""Tokens of SQL text, and what is at fault in it, both by offsets."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from infragraph.model.source import SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The smallest part of a text; `end` is exclusive.

    The `value` of a `word` is in lower case, that of a `quoted` name without its quotes. Comments
    are no tokens.
    """

    kind: Literal["word", "quoted", "text", "number", "symbol"]
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a text is no SQL; `reason` ends a sentence that begins with 'this SQL cannot be read'."""

    reason: str
    start: int
    end: int


Statement: TypeAlias = tuple[Token, ...]
"""One statement's tokens, without its semicolon."""


def unexpected(token: Token, text: str) -> Fault:
    written = text[token.start : token.end].partition("\n")[0]
    shown = written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
    return Fault(reason=f"at '{shown}'", start=token.start, end=token.end)


def ends_early(statement: Statement) -> Fault:
    last = statement[-1]
    return Fault(reason="the statement ends too early", start=last.start, end=last.end)


def span_of(path: str, text: str, start: int, end: int) -> SourceSpan:
    return SourceSpan(
        path=path,
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
        end_line=text.count("\n", 0, end) + 1,
        end_column=end - text.rfind("\n", 0, end),
    )


_SHOWN = 40
