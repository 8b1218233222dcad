"""An answer for people: a line for each node, and below it the way there."""

from collections.abc import Iterator

from infragraph.diagnostics.render.terminal import safe
from infragraph.model.graph import Evidence
from infragraph.model.queries import Found, Step
from infragraph.usecases.query import Answer


def render(answer: Answer) -> str:
    """Empty where nothing was found. What is printed cannot move the cursor of a terminal."""
    return "".join(f"{safe(line)}\n" for line in _lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    for found in answer.found:
        if found.reason is not None:
            yield f"{found.node}: {found.reason}"
        elif answer.question in {"producers", "consumers"}:
            yield found.node
            for evidence in found.path[0].evidence:
                yield f"  {_place(evidence)}"
        elif answer.question == "impact":
            yield found.node
            yield f"  {_way(found.path)}"
        else:
            yield from _steps(found)


def _steps(found: Found) -> Iterator[str]:
    """A path in full, with the first place that justifies each step."""
    yield found.path[0].source
    for step in found.path:
        place = f"  {_place(step.evidence[0])}" if step.evidence else ""
        yield f"  -{step.relation}-> {step.target}{place}"
    beside = sorted({*found.members} - {step.target for step in found.path})
    if beside:
        yield f"  entangled with {', '.join(beside)}"


def _way(path: tuple[Step, ...]) -> str:
    return " ".join([path[0].source, *(f"-{step.relation}-> {step.target}" for step in path)])


def _place(evidence: Evidence) -> str:
    place = f"{evidence.span.path}:{evidence.span.line}"
    return " ".join(filter(None, (place, " → ".join(evidence.via))))
