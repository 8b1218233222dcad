"""What can be reached from where work begins: through calls, with the shortest path to each use."""

from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from infragraph.frontend.activation import Activation
from infragraph.frontend.steps import Call, Step, Use, Write


@dataclass(frozen=True, slots=True)
class Reached:
    """A step that is reached: the call path to it, outermost first, and what was written before."""

    step: Step
    via: tuple[str, ...]
    writes: frozenset[Write]


def reached(
    starts: Iterable[Activation],
    *,
    within: Container[Activation] | None = None,
    is_import: bool = False,
) -> Iterator[Reached]:
    """Every step below the starts, in order of their distance."""
    paths = shortest_paths(starts, within=within, is_import=is_import)
    writes = _writes_before(paths)
    for activation, via in paths.items():
        for step in activation.steps:
            if is_import and _is_mention(step):
                continue
            before = writes[activation] | getattr(step, "before", frozenset[Write]())
            yield Reached(step, via, before)


def shortest_paths(
    starts: Iterable[Activation],
    *,
    within: Container[Activation] | None = None,
    is_import: bool = False,
) -> Mapping[Activation, tuple[str, ...]]:
    """One shortest path to each activation; of several the first by name, on every machine.

    Where it is given, the paths stay `within` these activations. While modules are imported, what
    is mentioned is registered, by a decorator or in a table, and not yet called.
    """
    paths: dict[Activation, tuple[str, ...]] = {}
    first: dict[Activation, tuple[str, ...]] = {start: (start.symbol,) for start in starts}
    level = sorted(first.items(), key=lambda found: found[1])
    while level:
        following: dict[Activation, tuple[str, ...]] = {}
        for activation, via in level:
            paths.setdefault(activation, via)
        for activation, via in level:
            for step in activation.steps:
                if not isinstance(step, Call) or step.target in paths:
                    continue
                if is_import and step.is_mention:
                    continue
                if within is None or step.target in within:
                    longer = (*via, step.target.symbol)
                    known = following.get(step.target)
                    if known is None or longer < known:
                        following[step.target] = longer
        level = sorted(following.items(), key=lambda found: found[1])
    return paths


def _is_mention(step: Step) -> bool:
    return isinstance(step, Call | Use) and step.is_mention


def _writes_before(
    paths: Mapping[Activation, tuple[str, ...]],
) -> Mapping[Activation, frozenset[Write]]:
    """What callers may have written when an activation begins."""
    found: dict[Activation, frozenset[Write]] = dict.fromkeys(paths, frozenset())
    waiting = deque(paths)
    while waiting:
        activation = waiting.popleft()
        inherited = found[activation]
        for step in activation.steps:
            if isinstance(step, Call) and step.target in found:
                before = inherited | step.before
                if not before <= found[step.target]:
                    found[step.target] |= before
                    waiting.append(step.target)
    return found
