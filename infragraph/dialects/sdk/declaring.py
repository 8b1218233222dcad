"""Calls that declare something, taken down as they are written."""

from infragraph.dialects.sdk.names import CONSTRUCTORS, LIBRARY
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.statics import span_of, static
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    Declared,
    LibraryValue,
    Place,
    Values,
)
from infragraph.frontend.writing import written
from infragraph.frontend.written import Written
from infragraph.model import facts
from infragraph.model.source import SourceSpan
from infragraph.model.values import KeywordValue, Known, StaticValue, Unknown


def construct(frame: Frame, call: LibraryCall, callee: LibraryValue) -> Values | None:
    kind = CONSTRUCTORS.get(callee.path)
    if kind is None:
        if callee.path == "infragraph.Retry" and isinstance(call.expression, facts.Call):
            key = _key(call.place)
            frame.machine.made[key] = static(frame, call.expression)
            return frozenset((Declared(key, "made"),))
        return UNKNOWN if callee.path.startswith(f"{LIBRARY}.") else None
    return frozenset((declare(frame, call, kind),))


def declare(
    frame: Frame,
    call: LibraryCall,
    kind: str,
    service: Declared | None = None,
    *,
    method: str | None = None,
) -> Declared:
    """Take down a declaring call, replacing what an earlier run of the same code took down."""
    key = f"{_key(call.place)}:{kind}"
    argument = call.callee.type_argument if isinstance(call.callee, LibraryValue) else None
    place, symbol, doc = _location(frame, call)
    positional, keywords, is_open = _arguments(frame, call)
    node = call.expression
    callee = written(node.callee) if isinstance(node, facts.Call) else kind
    if not frame.is_typing:
        frame.machine.declared[key] = Written(
            key=key,
            kind=kind,
            place=place,
            call=call.place,
            callee=callee,
            module=frame.module,
            symbol=symbol,
            doc=doc,
            positional=positional,
            keywords=keywords,
            is_open=is_open,
            service=None if service is None else service.key,
            method=method,
            type_argument=argument,
            handler=None if method is None else NOTHING,
            placement=frame.placement,
            branch=frame.branch,
        )
    return Declared(key, kind)


def _key(place: Place) -> str:
    """In the order of places, however many digits their numbers have."""
    return f"{place.path}:{place.at.line:08}:{place.at.column:08}"


def _location(frame: Frame, call: LibraryCall) -> tuple[Place, str, str | None]:
    """The assignment that binds what is declared, with the name it binds; else the call."""
    module = frame.module.name
    outer = frame.activation.code
    prefix = module if outer is None else outer.symbol
    scope = ".".join([prefix, *frame.classes])
    match frame.statement:
        case facts.Assign() as statement if statement.value is call.expression:
            target = statement.targets[0]
            return frame.place(statement.at), f"{scope}.{written(target)}", statement.doc
        case facts.AnnotatedAssign() as statement if statement.value is call.expression:
            symbol = f"{scope}.{written(statement.target)}"
            return frame.place(statement.at), symbol, statement.doc
        case _:
            return call.place, scope, None


def _arguments(
    frame: Frame, call: LibraryCall
) -> tuple[tuple[StaticValue, ...], tuple[KeywordValue, ...], bool]:
    positional: list[StaticValue] = []
    keywords: list[KeywordValue] = []
    is_open = False
    for argument in call.arguments:
        if argument.star:
            is_open = True
            continue
        span = span_of(argument.place)
        value = _static_argument(frame, argument, span)
        if argument.name is None:
            positional.append(value)
        else:
            keywords.append(KeywordValue(name=argument.name, value=value, span=span))
    return tuple(positional), tuple(keywords), is_open


def _static_argument(frame: Frame, argument: Argument, span: SourceSpan) -> StaticValue:
    if argument.expression is not None:
        return static(frame, argument.expression)
    if len(argument.values) == 1:
        value = next(iter(argument.values))
        if isinstance(value, ConstantValue) and isinstance(value.value, str | int | float | bool):
            return Known(value=value.value, span=span)
    return Unknown(reason="it is not written at the call", span=span)
