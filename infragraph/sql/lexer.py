"""Text to tokens, by PostgreSQL's lexical rules.

sqlglot's own tokenizer takes `$1,$2` for the beginning of a dollar-quoted string.
"""

import re
from typing import Literal

from infragraph.sql.tokens import Fault, Token


def tokenized(text: str) -> tuple[Token, ...] | Fault:
    """The tokens of a text, or what is opened in it and never closed."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _NEXT.match(text, at)
        assert match is not None, "the last alternative is any character"
        name = match.lastgroup
        if name == "comment":
            end = _comment_end(text, at)
            if end is None:
                return _open("/*", at)
        elif name in {"text", "quoted", "dollar"}:
            end = _quote_end(text, match)
            if end is None:
                opener = match["dollar"] or match[0][-1]
                return _open(opener, match.end() - len(opener))
        else:
            end = match.end()
        token = _token(name, text, at, end)
        if token is not None:
            found.append(token)
        at = end
    return tuple(found)


def _token(name: str | None, text: str, start: int, end: int) -> Token | None:
    written = text[start:end]
    kind: Literal["word", "quoted", "text", "number", "symbol"]
    match name:
        case "space" | "line" | "comment":
            return None
        case "word":
            kind, value = "word", written.lower()
        case "quoted":
            kind, value = "quoted", written[written.index('"') + 1 : -1].replace('""', '"')
        case "text" | "dollar":
            kind, value = "text", written
        case "number" | "parameter":
            kind, value = "number", written
        case _:
            kind, value = "symbol", written
    return Token(kind=kind, value=value, start=start, end=end)


def _quote_end(text: str, match: re.Match[str]) -> int | None:
    """The end of what a quote opens."""
    if match["dollar"]:
        end = text.find(match["dollar"], match.end())
        return None if end < 0 else end + len(match["dollar"])
    if match["quoted"]:
        rest = _IDENTIFIER_REST
    elif match["text"][0] in "eE":
        rest = _ESCAPED_REST
    else:
        rest = _TEXT_REST
    closed = rest.match(text, match.end())
    return None if closed is None else closed.end()


def _comment_end(text: str, start: int) -> int | None:
    """The end of a comment; comments nest."""
    depth = 0
    for mark in _COMMENT_MARK.finditer(text, start):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return None


def _open(opener: str, at: int) -> Fault:
    return Fault(reason=f"what {opener} opens here is never closed", start=at, end=at + len(opener))


_NEXT = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<line>--[^\n]*)
    | (?P<comment>/\*)
    | (?P<text>(?:[eEbBxXnN]|[uU]&)?')
    | (?P<quoted>(?:[uU]&)?")
    | (?P<dollar>\$(?:[^\W\d]\w*)?\$)
    | (?P<parameter>\$\d+)
    | (?P<word>[^\W\d][\w$]*)
    | (?P<number>0[xXoObB][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXT_REST = re.compile(r"(?:[^']|'')*+'")
_ESCAPED_REST = re.compile(r"(?:[^'\\]|''|\\.)*+'", re.DOTALL)
_IDENTIFIER_REST = re.compile(r'(?:[^"]|"")*+"')
_COMMENT_MARK = re.compile(r"/\*|\*/")
