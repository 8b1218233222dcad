"""Uses that could not be tied to a resource: part of the graph, so that nothing is dropped."""

from collections.abc import Iterable, Iterator, Mapping

from infragraph.frontend.statics import span_of
from infragraph.frontend.steps import Doubt, Stated, Use
from infragraph.frontend.values import Place
from infragraph.linking.used import Used
from infragraph.model.graph import Unresolved
from infragraph.model.resource import Resource


def unresolved(used: Iterable[Used], resources: Mapping[str, Resource]) -> tuple[Unresolved, ...]:
    """Each place once, sorted."""
    every = tuple(used)
    found = {
        *(_of_doubt(doubt) for doubt in doubts(every)),
        *(_of_use(use, "its name is not known") for use in _nameless(every, resources)),
        *(_of_use(use, "no service reaches it") for use in unreached(every)),
    }
    return tuple(sorted(found))


def doubts(used: Iterable[Used]) -> tuple[Doubt, ...]:
    """The doubts that neither a comment nor another way to the same place has settled."""
    every = tuple(used)
    stated = [step.place for step in _steps(every) if isinstance(step, Stated)]
    settled = {step.place for step in _steps(every) if isinstance(step, Use)}
    found: dict[Place, Doubt] = {}
    for step in _steps(every):
        if not isinstance(step, Doubt) or any(_holds(place, step.place) for place in stated):
            continue
        if not (step.is_typed and step.place in settled):
            found.setdefault(step.place, step)
    return tuple(found[place] for place in sorted(found))


def unreached(used: Iterable[Used]) -> tuple[Use, ...]:
    """The uses that belong to no service."""
    found = {one.step.place: one.step for one in used if one.source is None and _is_use(one)}
    return tuple(use for use in found.values() if isinstance(use, Use))


def _is_use(one: Used) -> bool:
    return isinstance(one.step, Use)


def _steps(used: Iterable[Used]) -> Iterator[object]:
    for one in used:
        yield one.step


def _nameless(used: Iterable[Used], resources: Mapping[str, Resource]) -> Iterator[Use]:
    for one in used:
        if isinstance(one.step, Use) and one.step.resource.key not in resources:
            yield one.step


def _holds(outer: Place, inner: Place) -> bool:
    return outer.path == inner.path and outer.at.line <= inner.at.line <= outer.at.end_line


def _of_doubt(doubt: Doubt) -> Unresolved:
    return Unresolved(span=span_of(doubt.place), expression=doubt.expression, reason=doubt.reason)


def _of_use(use: Use, reason: str) -> Unresolved:
    return Unresolved(span=span_of(use.place), expression=use.expression, reason=reason)
