"""What the outlines, lines and words of a picture mean, of those alone that are in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.layout.cards import MARKS as WORDS
from infragraph.layout.cards import mark_words
from infragraph.layout.sheet import Sheet
from infragraph.model.diagram import Mark
from infragraph.views.legend import KINDS, MARKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A meaning, of a sample that is a shape of a `kind`, a `line`, or neither.

    A line is called by the mark that makes it look so, and "" is one without.
    """

    text: str
    kind: str | None = None
    line: str | None = None


def legend(sheet: Sheet) -> tuple[tuple[Entry, ...], ...]:
    """Shapes, then lines, then words."""
    return tuple(_kinds(sheet)), tuple(_lines(sheet)), tuple(_words(sheet))


def _kinds(sheet: Sheet) -> Iterator[Entry]:
    present = {card.shape.kind for card in sheet.cards}
    others = sorted(present - set(KINDS))
    for kind in (*(kind for kind in KINDS if kind in present), *others):
        yield Entry(text=KINDS.get(kind, kind), kind=kind)


def _lines(sheet: Sheet) -> Iterator[Entry]:
    present = {mark for way in sheet.ways for mark in way.arrow.marks}
    if sheet.ways:
        yield Entry(text="acts on, or delivers to", line="")
    for mark, look in _LOOKS.items():
        if mark in present:
            yield Entry(text=f"{look}: {MARKS[mark]}", line=mark.value)
    if any(Mark.CENTRE in card.shape.marks for card in sheet.cards):
        yield Entry(text=f"thick outline: {MARKS[Mark.CENTRE]}")


def _words(sheet: Sheet) -> Iterator[Entry]:
    present = {word for card in sheet.cards for word in mark_words(card.shape)}
    for mark, word in WORDS.items():
        if word in present:
            yield Entry(text=f"{word}: {MARKS[mark]}")


_LOOKS = {Mark.CYCLE: "thick", Mark.DEAD_LETTER: "dashed", Mark.STATED: "dotted"}
