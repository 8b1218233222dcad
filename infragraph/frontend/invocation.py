"""Invocation: a call as it is written, with its arguments evaluated."""

from infragraph.frontend import calls, iteration
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument
from infragraph.frontend.values import NOTHING, UNKNOWN, LibraryValue, Super, Values
from infragraph.model import facts


def invoke(frame: Frame, node: facts.Call) -> Values:
    place = frame.place(node.at)
    callees = resolve(frame, node.callee)
    special = _super(frame, callees)
    if special is not None:
        return special
    arguments = _arguments(frame, node)
    return calls.call(frame, callees, arguments, place, node)


def _arguments(frame: Frame, node: facts.Call) -> tuple[Argument, ...]:
    """The arguments of a call in source order, evaluated."""
    arguments: list[Argument] = []
    for argument in node.arguments:
        place = frame.place(argument.at)
        if isinstance(argument, facts.Starred):
            values = iteration.spread(frame, evaluate(frame, argument.value), place)
            arguments.append(Argument(values, place, argument.value, star="*"))
        else:
            arguments.append(Argument(evaluate(frame, argument), place, argument))
    for keyword in node.keywords:
        values = evaluate(frame, keyword.value)
        arguments.append(
            Argument(
                values,
                frame.place(keyword.at),
                keyword.value,
                name=keyword.name,
                star="" if keyword.name is not None else "**",
            )
        )
    return tuple(arguments)


def _super(frame: Frame, callees: Values) -> Values | None:
    """`super()` needs the method it stands in."""
    if LibraryValue("builtins.super") not in callees:
        return None
    code = frame.activation.code
    function = frame.activation.function
    while function is not None and function.owner is None:
        closure = function.closure
        function = None if closure is None else closure.function
        code = None if function is None else function.code
    if function is None or function.owner is None or code is None or not code.function.parameters:
        return UNKNOWN
    receivers = frame.lookup(code.function.parameters[0].name)
    return frozenset(Super(function.owner, value) for value in receivers) or NOTHING
