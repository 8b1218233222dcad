"""Branches: the arms of an `if`, each with a state of its own."""

from typing import Literal, TypeAlias

from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.state import State
from infragraph.frontend.values import LibraryValue, Values
from infragraph.model import facts
from infragraph.model.source import Position

Guard: TypeAlias = Literal["typing", "not-typing", "main"]
"""What a test asks that is the same on every run."""


def execute_if(frame: Frame, node: facts.If) -> None:
    """An `elif` chain is walked in a loop: it may be longer than the stack is deep."""
    ends: list[State] = []
    branch = frame.branch
    current = node
    while not _is_decided(frame, current):
        evaluate(frame, current.test)
        before = frame.state.copy()
        frame.branch = (*branch, (node.at, len(ends)))
        execute(frame, current.body)
        ends.append(frame.state)
        frame.state = before
        following = current.orelse[0] if len(current.orelse) == 1 else None
        if not isinstance(following, facts.If):
            frame.branch = (*branch, (node.at, len(ends)))
            execute(frame, current.orelse)
            break
        current = following
    frame.branch = branch
    for end in ends:
        frame.state.merge(end)


def _is_decided(frame: Frame, node: facts.If) -> bool:
    """Run the one way that is ever taken, where there is but one."""
    match _guard(frame, node.test):
        case "typing":
            _execute_for_types(frame, node.body)
            execute(frame, node.orelse)
        case "not-typing":
            _execute_for_types(frame, node.orelse)
            execute(frame, node.body)
        case "main":
            _set_apart(frame, node.body)
            execute(frame, node.orelse)
        case None:
            return False
    return True


def _guard(frame: Frame, test: facts.Expression) -> Guard | None:
    """Whether a test is `TYPE_CHECKING`, its opposite, or that of a script's own part."""
    match test:
        case facts.Unary(operator="not"):
            return "not-typing" if _guard(frame, test.operand) == "typing" else None
        case facts.Comparison(left=facts.Name("__name__"), operators=("==",)):
            return "main" if frame.is_module_level else None
        case facts.Name() | facts.Attribute() if _is_type_checking(frame, test):
            return "typing"
        case _:
            return None


def _is_type_checking(frame: Frame, test: facts.Name | facts.Attribute) -> bool:
    if isinstance(test, facts.Name) and test.id != "TYPE_CHECKING":
        return resolve(frame, test) == TYPE_CHECKING
    with frame.quiet():
        values = resolve(frame, test)
    return bool(values) and values <= ALSO_TYPE_CHECKING


TYPE_CHECKING: Values = frozenset((LibraryValue("typing.TYPE_CHECKING"),))
ALSO_TYPE_CHECKING: Values = TYPE_CHECKING | {LibraryValue("typing_extensions.TYPE_CHECKING")}


def _execute_for_types(frame: Frame, body: tuple[facts.Statement, ...]) -> None:
    """Names that type checkers alone see: types resolve through them, values do not."""
    before, frame.is_typing = frame.is_typing, True
    state = frame.state.copy()
    execute(frame, body)
    frame.state = state
    frame.is_typing = before


def _set_apart(frame: Frame, body: tuple[facts.Statement, ...]) -> None:
    """The part of a module that runs only as a script: no import runs it, so it is a function."""
    if not body:
        return
    at = Position(*body[0].at[:2], *body[-1].at[2:])
    function = facts.Function(
        name="__main__",
        parameters=(),
        returns=None,
        decorators=(),
        within=facts.Body(body, is_generator=False, doc=None, locals=frozenset()),
        is_async=False,
        type_parameters=(),
        at=at,
        name_at=at,
    )
    code = frame.machine.code(frame.module, function, function.name, ())
    frame.machine.function(code, None, None)
