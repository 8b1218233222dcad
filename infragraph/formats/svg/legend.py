"""A legend below the picture: samples with what they mean."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from infragraph.formats.svg.elements import group, outline, path, words
from infragraph.layout.legend import Entry
from infragraph.layout.legend import legend as entries
from infragraph.layout.outlines import closed, form_of, number
from infragraph.layout.plane import Box, Point
from infragraph.layout.sheet import Sheet
from infragraph.layout.words import width

_ROW = 26
_SAMPLE = 34
_GAP = 22
_SIZE = 11


def legend_height(sheet: Sheet, across: float) -> float:
    rows = {row for _, _, row in _placed(sheet, across)}
    return len(rows) * _ROW


def legend(parent: Element, sheet: Sheet, left: float, top: float, across: float) -> None:
    found = group(parent, "legend", title="legend", role="graphics-object")
    for entry, x, row in _placed(sheet, across):
        middle = top + row * _ROW + _ROW / 2
        one = group(found, "entry")
        _sample(one, entry, left + x, middle)
        words(one, entry.text, left + x + _indent(entry), middle + 4, "note")


def _placed(sheet: Sheet, across: float) -> Iterator[tuple[Entry, float, int]]:
    """Entries beside each other as far as there is room; each part begins a row."""
    row = -1
    for part in entries(sheet):
        x = across
        for entry in part:
            taken = _indent(entry) + width(entry.text, _SIZE)
            if x + taken > across:
                row, x = row + 1, 0.0
            yield entry, x, row
            x += taken + _GAP


def _indent(entry: Entry) -> float:
    """Words need no sample of themselves."""
    return 0 if entry.kind is None and entry.line is None else _SAMPLE + 7


def _sample(parent: Element, entry: Entry, x: float, middle: float) -> None:
    if entry.kind is not None:
        _shape_sample(parent, entry.kind, x, middle)
    if entry.line is not None:
        _line_sample(parent, entry.line, x, middle)


def _shape_sample(parent: Element, kind: str, x: float, middle: float) -> None:
    drawn = form_of(kind).draw(Box(left=x, top=middle - 10, width=_SAMPLE, height=20))
    outline(group(parent, f"is-{kind}", "dashed" if drawn.is_dashed else ""), drawn)


def _line_sample(parent: Element, line: str, x: float, middle: float) -> None:
    sample = group(parent, "arrow", line)
    y = number(middle)
    path(sample, f"M{number(x)} {y}H{number(x + _SAMPLE - 5)}", "line")
    tip = x + _SAMPLE
    head = (Point(tip, middle), Point(tip - 8, middle - 3.6), Point(tip - 8, middle + 3.6))
    path(sample, closed(head), "head")
