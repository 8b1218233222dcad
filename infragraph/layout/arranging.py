"""Laying a diagram out until nothing stands on anything else, or no more is to be gained."""

from collections.abc import Callable
from dataclasses import replace

from infragraph.layout.dot import LARGE, Spacing, dot
from infragraph.layout.faults import Fault, faults
from infragraph.layout.places import places
from infragraph.layout.sheet import Sheet, sheet
from infragraph.model.diagram import Diagram

_TRIES = 8
_TRIES_IF_LARGE = 2
_ASIDE = 70
_WIDER = 1.15

_FIRST = Spacing(along=24, across=13, is_ranked_anew=False, titles={})


def arranged(diagram: Diagram, lay_out: Callable[[str], str]) -> Sheet:
    """The first sheet without a fault, else that with the fewest.

    `lay_out` turns DOT into the JSON of Graphviz.
    """
    spacing = _FIRST
    best: tuple[int, Sheet] | None = None
    for _ in range(_TRIES if len(diagram.arrows) <= LARGE else _TRIES_IF_LARGE):
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
