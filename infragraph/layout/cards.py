"""What is written on shapes, containers and arrows, and how much room it takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from infragraph.layout.outlines import form_of
from infragraph.layout.plane import Box, Point
from infragraph.layout.words import fitted, printable, width, wrapped
from infragraph.model.diagram import DEAD_LETTER, Arrow, Group, Mark, Shape

Role = Literal["kind", "name", "detail", "title", "subtitle", "label"]

_WIDEST = 200
_WIDEST_KIND = 250
_LEAST = 72
_LABEL_WIDEST = 116


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """The size of a role's letters, how far apart its lines are, and whether they are bold."""

    size: float
    leading: float
    is_bold: bool = False


TYPES: Mapping[Role, Type] = {
    "kind": Type(size=10, leading=13),
    "name": Type(size=13, leading=17, is_bold=True),
    "detail": Type(size=11, leading=15),
    "title": Type(size=14, leading=18, is_bold=True),
    "subtitle": Type(size=11, leading=15),
    "label": Type(size=10, leading=12),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of one role on one line; `at` is the start of its baseline, or its middle."""

    role: Role
    text: str
    at: Point
    is_centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    width: float
    height: float


MARKS: Mapping[Mark, str] = {
    Mark.COLLAPSED: "collapsed",
    Mark.CYCLE: "in a cycle",
    Mark.DEAD_LETTER: "dead letters",
    Mark.EXTERNAL: "external",
    Mark.FAN_OUT: "fan-out",
    Mark.PUBLIC: "public",
    Mark.UNFED: "never filled",
    Mark.UNOWNED: "no owner",
    Mark.UNREAD: "never read",
    Mark.UNUSED: "unused",
}
"""What a shape's kind is followed by; other marks are drawn."""

_SAID = {(Mark.UNOWNED, "shared")}

CYCLE = "\N{CLOCKWISE OPEN CIRCLE ARROW}"
STATED = "stated"


def kind_words(kind: str) -> str:
    return kind.replace("-", " ")


def mark_words(shape: Shape) -> Iterator[str]:
    """Those that its kind does not say already."""
    for mark in shape.marks:
        if mark in MARKS and not (mark == shape.kind or (mark, shape.kind) in _SAID):
            yield MARKS[mark]


def shape_size(shape: Shape) -> Size:
    form = form_of(shape.kind)
    lines = tuple(_shape_lines(shape))
    widest = max(_width(role, text) for role, text in lines)
    return Size(
        width=max(_LEAST, round(widest + form.left + form.right)),
        height=round(sum(TYPES[role].leading for role, _ in lines) + form.top + form.bottom),
    )


def lines_in(shape: Shape, box: Box) -> tuple[Line, ...]:
    form = form_of(shape.kind)
    middle = box.left + form.left + (box.width - form.left - form.right) / 2
    return tuple(_stacked(tuple(_shape_lines(shape)), middle, box.top + form.top))


def title_of(group: Group) -> tuple[tuple[Role, str], ...]:
    """A container's name, and below it what is known of it."""
    title = fitted(printable(group.label), TYPES["title"].size, _WIDEST, is_bold=True)
    known = " · ".join(printable(it) for it in (group.detail, group.owner) if it)
    if not known:
        return (("title", title),)
    return (("title", title), ("subtitle", fitted(known, TYPES["subtitle"].size, _WIDEST)))


def title_size(group: Group) -> Size:
    parts = title_of(group)
    return Size(
        width=round(max(_width(role, text) for role, text in parts)),
        height=round(sum(TYPES[role].leading for role, _ in parts)),
    )


def title_lines(group: Group, box: Box) -> tuple[Line, ...]:
    return tuple(_stacked(title_of(group), box.left, box.top, is_centred=False))


def label_of(arrow: Arrow) -> tuple[str, ...]:
    """The lines on an arrow, none where nothing is to be said."""
    words = printable(arrow.label)
    if Mark.STATED in arrow.marks:
        words = f"{words}, {STATED}" if words else STATED
    if Mark.CYCLE in arrow.marks:
        words = f"{CYCLE} {words}".rstrip()
    if not words:
        return ()
    return tuple(wrapped(words, TYPES["label"].size, _LABEL_WIDEST, breaks=", "))


def label_size(lines: Sequence[str]) -> Size:
    return Size(
        width=round(max(_width("label", line) for line in lines) + 2),
        height=round(len(lines) * TYPES["label"].leading + 2),
    )


def label_lines(lines: Sequence[str], box: Box) -> tuple[Line, ...]:
    return tuple(_stacked([("label", line) for line in lines], box.middle.x, box.top + 1))


def line_box(line: Line) -> Box:
    """The room that a line takes, letters that go below the baseline included."""
    kind = TYPES[line.role]
    across = width(line.text, kind.size, is_bold=kind.is_bold)
    left = line.at.x - across / 2 if line.is_centred else line.at.x
    return Box(left=left, top=line.at.y - kind.size * 0.8, width=across, height=kind.size)


def _shape_lines(shape: Shape) -> Iterator[tuple[Role, str]]:
    kind = " · ".join((kind_words(shape.kind), *mark_words(shape)))
    yield "kind", fitted(kind, TYPES["kind"].size, _WIDEST_KIND)
    yield "name", fitted(printable(shape.label), TYPES["name"].size, _WIDEST, is_bold=True)
    if shape.detail and shape.kind != DEAD_LETTER:
        yield from _detail(printable(shape.detail))
    if shape.kind == "service" and shape.owner:
        yield from _detail(printable(shape.owner))


def _detail(text: str) -> Iterator[tuple[Role, str]]:
    """Lists go on below; anything else is one line."""
    for line in wrapped(text, TYPES["detail"].size, _WIDEST, breaks=", "):
        yield "detail", line


def _stacked(
    lines: Sequence[tuple[Role, str]], x: float, top: float, *, is_centred: bool = True
) -> Iterator[Line]:
    for role, text in lines:
        kind = TYPES[role]
        baseline = top + (kind.leading - kind.size) / 2 + kind.size * 0.8
        yield Line(role=role, text=text, at=Point(x, baseline), is_centred=is_centred)
        top += kind.leading


def _width(role: Role, text: str) -> float:
    return width(text, TYPES[role].size, is_bold=TYPES[role].is_bold)
