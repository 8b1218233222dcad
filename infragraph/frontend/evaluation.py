"""Evaluation: what an expression may be, and whom it mentions."""

from infragraph.frontend.escaping import mention
from infragraph.frontend.frame import Frame
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import BoundMethod, Declared, FunctionValue, LibraryValue, Values
from infragraph.model import facts


def evaluate(frame: Frame, expression: facts.Expression) -> Values:
    """What an expression may be; a function that it names counts as called."""
    values = resolve(frame, expression)
    if type(expression) in NAMING and not frame.is_handing_back:
        for value in ordered(values):
            match value:
                case FunctionValue() | BoundMethod():
                    mention(frame, value, frame.place(expression.at))
                case Declared() if value.handler is not None:
                    _note_endpoint(frame, value, expression)
                case _:
                    continue
    return values


NAMING = frozenset({facts.Name, facts.Attribute, facts.Subscript, facts.Lambda})
"""The forms of expressions that name what is there already, or make a function."""


def resolve(frame: Frame, expression: facts.Expression) -> Values:
    """The same for an expression that is called or looked into: it is no mention."""
    machine = frame.machine
    machine.work.depth += 1
    try:
        return machine.semantics.expressions[type(expression)](frame, expression)
    finally:
        machine.work.depth -= 1


def handed_back(frame: Frame, expression: facts.Expression) -> Values:
    """What a function returns: that a function is given back is no call of it.

    Its caller, which has the value too, calls or mentions it; a factory that runs at start-up
    would else use at start-up all that what it makes will ever use.
    """
    match expression:
        case facts.Name() | facts.Attribute() | facts.Subscript() | facts.Lambda():
            with frame.handing_back():
                return resolve(frame, expression)
        case facts.Conditional():
            evaluate(frame, expression.test)
            return handed_back(frame, expression.body) | handed_back(frame, expression.orelse)
        case facts.Call() if resolve(frame, expression.callee) & PARTIALS:
            with frame.handing_back():
                return evaluate(frame, expression)
        case _:
            return evaluate(frame, expression)


PARTIALS: Values = frozenset((LibraryValue("functools.partial"),))


def _note_endpoint(frame: Frame, value: Declared, expression: facts.Expression) -> None:
    """An endpoint that is mentioned counts as called, but not in a module's or class's body."""
    if frame.is_module_level or frame.body_class is not None:
        return
    for library in frame.machine.libraries:
        if library.passed(frame, value, frame.place(expression.at)):
            return
