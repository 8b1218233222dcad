"""Exceptions: what is raised, and what is known where it is caught."""

from infragraph.frontend.classes import library_bases
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.ordering import ordered
from infragraph.frontend.steps import Raised
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ClassValue,
    LibraryValue,
    TupleValue,
    Values,
)
from infragraph.model import facts


def execute_raise(frame: Frame, node: facts.Raise) -> None:
    for part in (node.exception, node.cause):
        if part is not None:
            evaluate(frame, part)
    if node.exception is not None:
        _note_error(frame, node.exception)
    for trap in frame.traps:
        trap.merge(frame.state)
    frame.state.is_dead = True


def _note_error(frame: Frame, exception: facts.Expression) -> None:
    raised = exception.callee if isinstance(exception, facts.Call) else exception
    with frame.quiet():
        values = resolve(frame, raised)
    for value in ordered(values):
        if isinstance(value, LibraryValue):
            frame.record(Raised(value.path, frame.place(exception.at)))
        elif isinstance(value, ClassValue):
            for path in sorted(library_bases(frame.machine, value)):
                frame.record(Raised(path, frame.place(exception.at)))


def execute_try(frame: Frame, node: facts.Try) -> None:
    branch = frame.branch
    trap = frame.state.copy()
    frame.traps.append(trap)
    frame.branch = (*branch, (node.at, 0))
    execute(frame, node.body)
    frame.traps.pop()
    execute(frame, node.orelse)
    ends = [frame.state]
    for arm, handler in enumerate(node.handlers, start=1):
        frame.state = trap.copy()
        frame.state.is_dead = False
        frame.branch = (*branch, (node.at, arm))
        caught = NOTHING if handler.exception is None else evaluate(frame, handler.exception)
        if handler.name is not None:
            frame.bind(handler.name, _caught(caught))
        execute(frame, handler.body)
        ends.append(frame.state)
    frame.branch = branch
    frame.state = ends[0]
    for end in ends[1:]:
        frame.state.merge(end)
    if node.final:
        was_dead = frame.state.is_dead
        if was_dead:
            frame.state = trap.copy()
            frame.state.is_dead = False
        execute(frame, node.final)
        frame.state.is_dead = frame.state.is_dead or was_dead


def _caught(exceptions: Values) -> Values:
    """Any object of the application's classes that are named behind `except`."""
    named = NOTHING.union(
        *(
            one.rest.union(*one.elements) if isinstance(one, TupleValue) else frozenset((one,))
            for one in exceptions
        )
    )
    errors = frozenset(of.object(None, None) for of in named if isinstance(of, ClassValue))
    return errors | UNKNOWN
