"""A page before it is Markdown or HTML: what is text, what is code, and what leads where."""

from dataclasses import dataclass
from typing import TypeAlias

INDEX = ""
"""The place of the first page; those of others are paths without an ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The name of something that has a page, which lies at `place`."""

    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The name of something at an address that is complete."""

    name: str
    url: str


Inline: TypeAlias = Text | Code | Link | Outside
Phrase: TypeAlias = tuple[Inline, ...]
Cell: TypeAlias = tuple[Phrase, ...]
"""Lines below each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text as somebody wrote it, with paragraphs."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one thing, by what it is called."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The first cell of each row says what the row is about."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The text of a diagram, for readers that draw it."""

    text: str


Block: TypeAlias = Heading | Prose | Facts | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`noun` says what `name` is the name of; `blocks` stand below both."""

    place: str
    noun: str
    name: str
    blocks: tuple[Block, ...]


def plain(text: str) -> Cell:
    """A text with its lines."""
    return tuple((Text(text=line),) for line in text.split("\n"))


def section(
    title: str, heads: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]
) -> tuple[Block, ...]:
    """A table below its heading, or nothing where there are no rows."""
    if not rows:
        return ()
    return (Heading(text=title), Table(title=title, heads=heads, rows=rows))


def facts(*rows: tuple[str, Cell]) -> tuple[Block, ...]:
    """Those that are known."""
    known = tuple(row for row in rows if row[1])
    return (Facts(rows=known),) if known else ()


def prose(doc: str | None) -> tuple[Block, ...]:
    return () if doc is None else (Prose(text=doc),)
