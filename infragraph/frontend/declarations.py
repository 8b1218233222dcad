"""Declarations with their types and handlers, once the machine has settled."""

from dataclasses import dataclass, replace
from typing import Literal

from infragraph.frontend.activation import Activation
from infragraph.frontend.entering import opened
from infragraph.frontend.machine import Machine
from infragraph.frontend.ordering import ordered
from infragraph.frontend.reads import fields_read
from infragraph.frontend.statics import span_of
from infragraph.frontend.types import carried_facts, constant_at, message_type, type_facts
from infragraph.frontend.values import (
    NOTHING,
    BoundMethod,
    ClassValue,
    Code,
    ConstantValue,
    FunctionValue,
    Partial,
    Place,
    TypeArgument,
    Value,
    Values,
)
from infragraph.frontend.written import Written
from infragraph.model import facts
from infragraph.model.declaration import Declaration, Handler, HandlerParameter, TypeFacts
from infragraph.model.graph import Property


def declarations(machine: Machine) -> tuple[Declaration, ...]:
    """Every declaration that was met, by place."""
    by_place = sorted(machine.declared.values(), key=lambda met: (met.place, met.call, met.key))
    return tuple(_declaration(machine, met) for met in by_place)


def handlers(machine: Machine, key: str) -> tuple[Activation, ...]:
    """The activations in which the work of an entry point begins, once the machine has settled."""
    known = machine.handlers.get(key)
    if known is None:
        values = ordered(machine.declared[key].handler or NOTHING)
        entered = (opened(machine, value) for value in values)
        known = tuple(activation for activation in entered if activation is not None)
        machine.handlers[key] = known
    return known


def _declaration(machine: Machine, met: Written) -> Declaration:
    handler = None if met.handler is None else _handler(machine, met)
    argument = met.type_argument
    return Declaration(
        key=met.key,
        kind=met.kind,
        span=span_of(met.place),
        call=span_of(met.call),
        callee=met.callee,
        module=met.module.name,
        symbol=met.symbol if handler is None else handler.symbol,
        doc=met.doc if handler is None else handler.doc,
        positional=met.positional,
        keywords=met.keywords,
        is_open=met.is_open,
        service=met.service,
        method=met.method,
        type_argument=None if argument is None else carried_facts(machine, argument),
        handler=handler,
        placement=met.placement,
    )


# --- handlers ------------------------------------------------------------------------------------


def _handler(machine: Machine, met: Written) -> Handler:
    for value in ordered(met.handler or NOTHING):
        original, given = _unwrapped(machine, value)
        match original:
            case FunctionValue():
                return _function(machine, original, given, skip=0)
            case BoundMethod():
                return _function(machine, original.function, given, skip=1)
            case ClassValue():
                place = Place(original.module.path, original.definition.name_at)
                return _other("class", original.symbol, original.definition.doc, place)
            case _:
                continue
    return _other("other", met.symbol, None, met.place)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a partial has given already: arguments by position, and some by name."""

    positional: int = 0
    names: frozenset[str] = frozenset()


def _unwrapped(machine: Machine, value: Value) -> tuple[Value, _Given]:
    """The function whose signature counts: `functools.wraps` hands it on, as `inspect` sees it."""
    seen: set[Value] = set()
    given = _Given()
    while value not in seen:
        seen.add(value)
        if isinstance(value, Partial):
            names = given.names | {name for name, _ in value.keywords}
            given = _Given(given.positional + len(value.positional), names)
            value = value.callee
            continue
        wrapped = ordered(machine.store.get(("wrapped", value)))
        functions = [v for v in wrapped if isinstance(v, FunctionValue | BoundMethod)]
        value = functions[0] if functions else value
    return value, given


def _function(machine: Machine, function: FunctionValue, given: _Given, *, skip: int) -> Handler:
    code = function.code
    node = code.function
    own = node.parameters[skip + given.positional :]
    return Handler(
        form="lambda" if node.name == "<lambda>" else "function",
        symbol=code.symbol,
        parameters=tuple(
            replace(parameter, has_default=parameter.has_default or parameter.name in given.names)
            for parameter in (_parameter(machine, function, one) for one in own)
        ),
        returns=None if node.returns is None else _facts(machine, code, node.returns),
        is_async=node.is_async,
        is_generator=node.is_generator,
        doc=node.doc,
        span=span_of(code.place),
        reads=fields_read(node, own[0].name) if own else frozenset(),
    )


def _facts(machine: Machine, code: Code, expression: facts.Expression) -> TypeFacts:
    return type_facts(machine, TypeArgument(expression, code.module.name, code.classes))


def _parameter(
    machine: Machine, function: FunctionValue, parameter: facts.Parameter
) -> HandlerParameter:
    code = function.code
    annotation, default = parameter.annotation, parameter.default
    found = None if annotation is None else _facts(machine, code, annotation)
    return HandlerParameter(
        name=parameter.name,
        kind=parameter.kind,
        annotation=found,
        message_of=None if found is None else message_type(found.type),
        has_default=parameter.default is not None,
        default=None if default is None else _default(machine, function, parameter, default),
        span=span_of(Place(code.module.path, parameter.at)),
    )


def _default(
    machine: Machine,
    function: FunctionValue,
    parameter: facts.Parameter,
    expression: facts.Expression,
) -> Property:
    """A default as JSON shows it: as it is written, else as running the module makes it."""
    code = function.code
    found = constant_at(machine, TypeArgument(expression, code.module.name, code.classes))
    if found is not None:
        return found.value
    values: Values = machine.read(("default", function, parameter.name))
    plain = [value.value for value in values if isinstance(value, ConstantValue)]
    only = plain[0] if len(plain) == len(values) == 1 else None
    return only if isinstance(only, str | int) else None


def _other(form: Literal["class", "other"], symbol: str, doc: str | None, place: Place) -> Handler:
    return Handler(
        form=form,
        symbol=symbol,
        parameters=(),
        returns=None,
        is_async=False,
        is_generator=False,
        doc=doc,
        span=span_of(place),
        reads=frozenset(),
    )
