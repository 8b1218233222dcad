"""Laying a diagram out until nothing stands on anything else, or no more is to be gained."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from infragraph.layout.dot import LARGE, Spacing, dot
from infragraph.layout.faults import Fault, faults
from infragraph.layout.places import places
from infragraph.layout.sheet import Sheet, sheet
from infragraph.model.diagram import Diagram, Mark

LayOut = Callable[[str], str]
"""Turns DOT into the JSON of Graphviz."""

_TRIES = 8
_TRIES_IF_LARGE = 2
_ASIDE = 70
_WIDER = 1.15

_FIRST = Spacing(along=24, across=13, is_ranked_anew=False, titles={})

# A page, or a window.
_PAGE = (1600, 1000)


def arranged(diagram: Diagram, lay_out: LayOut) -> Sheet:
    """The first sheet without a fault, else that with the fewest.

    Where it fits better on a page, what is all collapsed goes down instead of to the right.
    """
    found = [_cleanest(one, lay_out) for one in _turned(diagram)]
    return max(found, key=_scale)


def _turned(diagram: Diagram) -> Iterator[Diagram]:
    is_collapsed = not diagram.groups and any(Mark.COLLAPSED in it.marks for it in diagram.shapes)
    if not (is_collapsed and len(diagram.arrows) > LARGE):
        yield diagram
    # A large one is always wide, and is not laid out twice.
    if is_collapsed:
        yield replace(diagram, direction="down")


def _scale(sheet: Sheet) -> float:
    """How large it is on a page that holds all of it."""
    across, down = _PAGE
    return min(across / max(sheet.width, 1), down / max(sheet.height, 1), 1)


def _cleanest(diagram: Diagram, lay_out: LayOut) -> Sheet:
    is_large = len(diagram.arrows) > LARGE
    spacing = _FIRST
    best: tuple[int, Sheet] | None = None
    for _ in range(_TRIES_IF_LARGE if is_large else _TRIES):
        found = sheet(diagram, places(lay_out(dot(diagram, spacing))))
        wrong = faults(found)
        if best is None or len(wrong) < best[0]:
            best = len(wrong), found
        if not wrong:
            break
        spacing = _loosened(spacing, wrong)
    assert best is not None, "it was tried at least once"
    return best[1]


def _loosened(spacing: Spacing, wrong: tuple[Fault, ...]) -> Spacing:
    """Room beside the titles that lines go through; if that is not all, more room everywhere."""
    crossed = {fault.other.name for fault in wrong if fault.other.kind == "title"}
    titles = {**spacing.titles}
    for name in sorted(crossed):
        titles[name] = titles.get(name, 0) + _ASIDE
    loosened = replace(spacing, titles=titles)
    if all(fault.other.kind == "title" for fault in wrong):
        return loosened
    return replace(loosened, along=spacing.along * _WIDER, across=spacing.across * _WIDER)
