"""What the outlines, lines and words of a picture mean, of those alone that are in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from infragraph.formats.svg.elements import group, outline, path, words
from infragraph.layout.cards import MARKS as WORDS
from infragraph.layout.cards import mark_words
from infragraph.layout.outlines import closed, form_of, number
from infragraph.layout.plane import Box, Point
from infragraph.layout.sheet import Sheet
from infragraph.layout.words import width
from infragraph.model.diagram import Mark
from infragraph.views.legend import KINDS, MARKS

_ROW = 26
_SAMPLE = 34
_GAP = 22
_SIZE = 11

_LOOKS = {Mark.CYCLE: "thick", Mark.DEAD_LETTER: "dashed", Mark.STATED: "dotted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A sample that `draw` puts at the middle of a row, and what it means."""

    text: str
    sample: float
    draw: Callable[[Element, float, float], None]

    @property
    def width(self) -> float:
        return self.sample + width(self.text, _SIZE)


def legend_height(sheet: Sheet, across: float) -> float:
    rows = {row for _, _, row in _placed(sheet, across)}
    return len(rows) * _ROW


def legend(parent: Element, sheet: Sheet, left: float, top: float, across: float) -> None:
    found = group(parent, "legend", title="legend", role="graphics-object")
    for entry, x, row in _placed(sheet, across):
        middle = top + row * _ROW + _ROW / 2
        one = group(found, "entry")
        entry.draw(one, left + x, middle)
        words(one, entry.text, left + x + entry.sample, middle + 4, "note")


def _placed(sheet: Sheet, across: float) -> Iterator[tuple[_Entry, float, int]]:
    """Entries beside each other as far as there is room; each part begins a row."""
    row = -1
    for entries in (tuple(_kinds(sheet)), tuple(_lines(sheet)), tuple(_words(sheet))):
        x = across
        for entry in entries:
            if x + entry.width > across:
                row, x = row + 1, 0.0
            yield entry, x, row
            x += entry.width + _GAP


def _kinds(sheet: Sheet) -> Iterator[_Entry]:
    present = {card.shape.kind for card in sheet.cards}
    others = sorted(present - set(KINDS))
    for kind in (*(kind for kind in KINDS if kind in present), *others):
        yield _Entry(text=KINDS.get(kind, kind), sample=_SAMPLE + 7, draw=_shape_sample(kind))


def _shape_sample(kind: str) -> Callable[[Element, float, float], None]:
    def draw(parent: Element, x: float, middle: float) -> None:
        drawn = form_of(kind).draw(Box(left=x, top=middle - 10, width=_SAMPLE, height=20))
        sample = group(parent, f"is-{kind}", "dashed" if drawn.is_dashed else "")
        outline(sample, drawn)

    return draw


def _lines(sheet: Sheet) -> Iterator[_Entry]:
    present = {mark for way in sheet.ways for mark in way.arrow.marks}
    if sheet.ways:
        yield _Entry(text="acts on, or delivers to", sample=_SAMPLE + 7, draw=_line_sample(""))
    for mark, look in _LOOKS.items():
        if mark in present:
            yield _Entry(
                text=f"{look}: {MARKS[mark]}", sample=_SAMPLE + 7, draw=_line_sample(mark.value)
            )
    if any(Mark.CENTRE in card.shape.marks for card in sheet.cards):
        yield _Entry(text=f"thick outline: {MARKS[Mark.CENTRE]}", sample=0, draw=_nothing)


def _line_sample(kind: str) -> Callable[[Element, float, float], None]:
    def draw(parent: Element, x: float, middle: float) -> None:
        sample = group(parent, "arrow", kind)
        y = number(middle)
        path(sample, f"M{number(x)} {y}H{number(x + _SAMPLE - 5)}", "line")
        tip = x + _SAMPLE
        head = (Point(tip, middle), Point(tip - 8, middle - 3.6), Point(tip - 8, middle + 3.6))
        path(sample, closed(head), "head")

    return draw


def _words(sheet: Sheet) -> Iterator[_Entry]:
    present = {word for card in sheet.cards for word in mark_words(card.shape)}
    for mark, word in WORDS.items():
        if word in present:
            yield _Entry(text=f"{word}: {MARKS[mark]}", sample=0, draw=_nothing)


def _nothing(_parent: Element, _x: float, _middle: float) -> None:
    """Words need no sample of themselves."""
