"""What arrives from outside, where the body of a handler names it."""

from collections.abc import Iterator, Mapping

from infragraph.frontend.declarations import handlers
from infragraph.frontend.machine import Machine
from infragraph.frontend.parts import parts
from infragraph.frontend.values import Code, Place
from infragraph.model import facts
from infragraph.model.declaration import Declaration
from infragraph.model.types import Type


def received(machine: Machine, declaration: Declaration) -> Mapping[Place, Type]:
    """The types of a handler's parameters by each place in its body that names one.

    A parameter that is bound again, there or in a function inside, is left out.
    """
    handler = declaration.handler
    codes = {activation.code for activation in handlers(machine, declaration.key)}
    found: dict[Place, Type] = {}
    for code in codes:
        # Where a decorator wraps the handler, another function than it is entered.
        if handler is None or code is None or code.symbol != handler.symbol:
            continue
        types = {
            parameter.name: parameter.annotation.type
            for parameter in handler.parameters
            if parameter.annotation is not None and "variadic" not in parameter.kind
        }
        for name in _named(code):
            if name.id in types and name.id not in code.function.locals | code.shared:
                found[Place(code.module.path, name.at)] = types[name.id]
    return found


def _named(code: Code) -> Iterator[facts.Name]:
    """The names in a function's own body; those inside of it have other meanings."""
    waiting: list[object] = list(code.function.body)
    while waiting:
        node = waiting.pop()
        match node:
            case facts.Name():
                yield node
            case facts.Function() | facts.Class() | facts.Lambda() | facts.Comprehension():
                continue
            case _:
                waiting.extend(parts(node))
