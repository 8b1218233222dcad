"""A sheet as the page reads it: short names, since there is one for each service."""

from collections.abc import Iterable, Mapping

from infragraph.layout.cards import Line
from infragraph.layout.legend import Entry, legend
from infragraph.layout.outlines import Outline, form_of, rounded
from infragraph.layout.plane import Box
from infragraph.layout.sheet import Card, Container, Sheet, Way
from infragraph.layout.telling import arrow_sentence, group_sentence, shape_sentence
from infragraph.model.diagram import DEAD_LETTER, EdgeKey, Mark, Shape

Numbers = Mapping[EdgeKey, int]
"""The place of each edge of the graph in the page's own list."""

_DRAWN = {Mark.CYCLE: "cycle", Mark.STATED: "stated", Mark.DEAD_LETTER: DEAD_LETTER}


def sheet_data(sheet: Sheet, numbers: Numbers) -> Mapping[str, object]:
    shapes = {shape.id: shape for shape in sheet.diagram.shapes}
    return {
        "width": _rounded(sheet.width),
        "height": _rounded(sheet.height),
        "groups": [_group(one) for one in sheet.containers],
        "cards": [_card(one) for one in sheet.cards],
        "ways": [_way(one, shapes, numbers) for one in sheet.ways],
        "legend": [_entry(entry) for part in legend(sheet) for entry in part],
    }


def samples(kinds: Iterable[str]) -> Mapping[str, object]:
    """An outline of each kind, for where it stands beside words."""
    box = Box(left=1, top=1, width=32, height=18)
    return {kind: _outline(form_of(kind).draw(box)) for kind in sorted(kinds)}


def _entry(entry: Entry) -> Mapping[str, object]:
    parts = {"text": entry.text, "kind": entry.kind, "line": entry.line}
    return {name: part for name, part in parts.items() if part is not None}


def _group(one: Container) -> Mapping[str, object]:
    return {
        "id": one.group.id,
        "node": one.group.node,
        "title": group_sentence(one.group),
        "box": _box(one.box),
        "path": rounded(one.box, 8),
        "lines": _lines(one.lines),
    }


def _card(one: Card) -> Mapping[str, object]:
    shape, outline = one.shape, one.outline
    found: dict[str, object] = {
        "id": shape.id,
        "kind": shape.kind,
        "node": shape.node,
        "title": shape_sentence(shape),
        "service": shape.service,
        "owner": shape.owner,
        "box": _box(one.box),
        "lines": _lines(one.lines),
        **_outline(outline),
    }
    for mark in (Mark.CENTRE, Mark.COLLAPSED):
        if mark in shape.marks:
            found[mark.value] = True
    return found


def _outline(outline: Outline) -> Mapping[str, object]:
    found: dict[str, object] = {"path": outline.path}
    if outline.strokes:
        found["strokes"] = list(outline.strokes)
    if outline.is_dashed:
        found["dashed"] = True
    return found


def _way(way: Way, shapes: Mapping[str, Shape], numbers: Numbers) -> Mapping[str, object]:
    return {
        "source": way.arrow.source,
        "target": way.arrow.target,
        "title": arrow_sentence(way.arrow, shapes),
        "marks": [_DRAWN[mark] for mark in way.arrow.marks if mark in _DRAWN],
        "edges": [numbers[key] for key in way.arrow.edges],
        "line": way.route.line,
        "head": way.route.head,
        "lines": _lines(way.lines),
    }


def _lines(lines: Iterable[Line]) -> list[list[object]]:
    return [
        [line.role, line.text, _rounded(line.at.x), _rounded(line.at.y), int(line.is_centred)]
        for line in lines
    ]


def _box(box: Box) -> list[float]:
    return [_rounded(it) for it in (box.left, box.top, box.width, box.height)]


def _rounded(value: float) -> float:
    return round(value, 1)
