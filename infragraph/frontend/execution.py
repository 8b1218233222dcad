"""Execution: running the statements of a block, with the states that they leave."""

from infragraph.frontend.frame import Frame
from infragraph.frontend.steps import Stated
from infragraph.model import facts
from infragraph.model.source import Position


def execute(frame: Frame, body: tuple[facts.Statement, ...]) -> None:
    """Run statements in order; what stands behind `return` or `raise` never runs."""
    machine = frame.machine
    machine.work.depth += 1
    try:
        for statement in body:
            if frame.state.is_dead:
                break
            before, frame.statement = frame.statement, statement
            machine.semantics.statements[type(statement)](frame, statement)
            frame.statement = before
            for trap in frame.traps:
                trap.merge(frame.state)
            if frame.module.uses:
                _note_stated(frame, statement)
    finally:
        machine.work.depth -= 1


def _note_stated(frame: Frame, statement: facts.Statement) -> None:
    """Record the uses that a comment on this statement, or on its header, states."""
    if isinstance(statement, facts.Function | facts.Class):
        return
    at = statement.at
    body: tuple[facts.Statement, ...] = getattr(statement, "body", ())
    last = max(at.line, body[0].at.line - 1) if body else at.end_line
    header = Position(at.line, at.column, last, at.end_column if last == at.end_line else 1)
    for line in range(at.line, last + 1):
        for relation, target, comment in frame.module.uses.get(line, ()):
            step = Stated(relation, target, frame.place(header), frame.place(comment))
            frame.record(step)
