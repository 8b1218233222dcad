"""Matching: the cases of a `match`, each with a state of its own."""

from infragraph.frontend import iteration
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.state import State
from infragraph.model import facts


def execute_match(frame: Frame, node: facts.Match) -> None:
    subject = evaluate(frame, node.subject)
    ends: list[State] = []
    branch = frame.branch
    is_complete = False
    for arm, case in enumerate(node.cases):
        before = frame.state.copy()
        frame.branch = (*branch, (node.at, arm))
        for expression in case.mentions:
            resolve(frame, expression)
        for name in case.whole:
            frame.bind(name, subject)
        parts = iteration.inside(frame.machine, subject)
        for name in case.parts:
            frame.bind(name, parts)
        if case.guard is not None:
            evaluate(frame, case.guard)
        execute(frame, case.body)
        ends.append(frame.state)
        frame.state = before
        is_complete = is_complete or (case.is_irrefutable and case.guard is None)
    frame.branch = branch
    if is_complete:
        frame.state.is_dead = True
    for end in ends:
        frame.state.merge(end)
