"""Arguments as static values, with the reason where there is none to rely on."""

from dataclasses import replace
from datetime import timedelta

from infragraph.frontend import folding
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.frame import Frame
from infragraph.frontend.ordering import place_key
from infragraph.frontend.state import State
from infragraph.frontend.values import (
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    EnumMember,
    FunctionValue,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Place,
    TupleValue,
    Value,
    Values,
)
from infragraph.frontend.writing import written
from infragraph.model import facts
from infragraph.model.source import Position, SourceSpan
from infragraph.model.values import (
    Entries,
    Items,
    KeywordValue,
    Known,
    Made,
    Reference,
    StaticValue,
    Symbol,
    Unknown,
)


def span_of(place: Place) -> SourceSpan:
    return SourceSpan.at(place.path, place.at)


def place_of(span: SourceSpan) -> Place:
    at = Position(span.line, span.column, span.end_line, span.end_column)
    return Place(span.path, at)


def static(frame: Frame, expression: facts.Expression) -> StaticValue:
    """The static value of an argument as it is written at a call."""
    with frame.quiet():
        return _static(frame, expression)


def _static(frame: Frame, expression: facts.Expression) -> StaticValue:
    span = span_of(frame.place(expression.at))
    match expression:
        case facts.Sequence():
            elements = _elements(frame, expression)
            if isinstance(elements, Unknown):
                return elements
            return Items(kind=expression.kind, elements=elements, span=span)
        case facts.Mapping() if None not in expression.keys:
            pairs = tuple(
                (_static(frame, key), _static(frame, value))
                for key, value in zip(expression.keys, expression.values, strict=True)
                if key is not None
            )
            return Entries(pairs=pairs, span=span)
        case facts.Call():
            made = _made(frame, expression, span)
            if made is not None:
                return made
        case _:
            pass
    values = evaluate(frame, expression)
    followed = _definition(frame, expression, values)
    return followed or of_values(values, span, written(expression), frame)


def _elements(frame: Frame, expression: facts.Sequence) -> tuple[StaticValue, ...] | Unknown:
    """What a display holds, unless it is not known what a star brings in."""
    found: list[StaticValue] = []
    for element in expression.elements:
        if not isinstance(element, facts.Starred):
            found.append(_static(frame, element))
            continue
        brought = respanned(_static(frame, element.value), span_of(frame.place(element.at)))
        if isinstance(brought, Unknown):
            return brought
        if not isinstance(brought, Items) or brought.kind == "set":
            return Unknown(
                reason=f"'{written(element)}' brings in what is not known",
                span=brought.span,
                text=written(element),
            )
        found.extend(brought.elements)
    return tuple(found)


MADE = frozenset({"infragraph.Retry"})
"""Inert objects of the SDK that are options of declarations."""


def _made(frame: Frame, node: facts.Call, span: SourceSpan) -> Made | None:
    callees = resolve(frame, node.callee)
    paths = [value.path for value in callees if isinstance(value, LibraryValue)]
    if len(callees) != 1 or len(paths) != 1 or paths[0] not in MADE:
        return None
    if any(isinstance(argument, facts.Starred) for argument in node.arguments):
        return None
    return Made(
        constructor=paths[0],
        positional=tuple(_static(frame, argument) for argument in node.arguments),
        keywords=tuple(
            KeywordValue(
                name=keyword.name or "",
                value=_static(frame, keyword.value),
                span=span_of(frame.place(keyword.at)),
            )
            for keyword in node.keywords
        ),
        span=span,
    )


def _definition(frame: Frame, expression: facts.Expression, values: Values) -> StaticValue | None:
    """A `Retry` behind a module's name: what it was made with, at the place where it is used."""
    keys = [value for value in values if isinstance(value, Declared) and value.kind == "made"]
    if len(keys) != 1 or len(values) != 1:
        return None
    made = frame.machine.made.get(keys[0].key)
    if made is None:
        return None
    return respanned(made, span_of(frame.place(expression.at)))


def of_values(values: Values, span: SourceSpan, text: str, frame: Frame) -> StaticValue:
    """The one static value that abstract values stand for; `text` is how source writes it."""
    if not values:
        return Unknown(reason=f"'{text}' is not known", span=span, text=text)
    value = (
        _several(values, span)
        if len(values) > 1
        else _single(next(iter(values)), span, text, frame)
    )
    return replace(value, text=text) if isinstance(value, Unknown) else value


def _several(values: Values, span: SourceSpan) -> StaticValue:
    reasons = sorted(
        (value for value in values if isinstance(value, Opaque)),
        key=lambda value: (value.reason, place_key(value.origin)),
    )
    if reasons:
        return _unknown(reasons[0], span)
    return Unknown(reason="it may be one of several values", span=span)


def _unknown(value: Opaque, span: SourceSpan) -> Unknown:
    origin = None if value.origin is None else span_of(value.origin)
    return Unknown(
        reason=value.reason,
        span=span,
        origin=None if origin == span else origin,
        is_reported=value.is_reported,
    )


def _single(  # noqa: PLR0911 - one return for each kind of value
    value: Value, span: SourceSpan, text: str, frame: Frame
) -> StaticValue:
    match value:
        case ConstantValue():
            return _constant(value, span)
        case EnumMember():
            folded = folding.plain(value)
            return _member(value, span) if folded is None else _single(folded, span, text, frame)
        case Declared() if value.kind != "made":
            return Reference(key=value.key, kind=value.kind, name=text, span=span)
        case TupleValue() if not value.rest:
            elements = tuple(of_values(e, span, text, frame) for e in value.elements)
            return Items(kind="tuple", elements=elements, span=span)
        case Container():
            return _container(value, span, frame)
        case LibraryValue():
            frame.machine.demand(value.path)
            return _symbol(value, span, text)
        case (Opaque() as opaque) | Member(receiver=Opaque() as opaque):
            return _unknown(opaque, span)
        case _:
            return _symbol(value, span, text)


def _constant(value: ConstantValue, span: SourceSpan) -> StaticValue:
    known = value.value
    if isinstance(known, str | bytes | int | float | complex | bool | timedelta | None):
        return Known(value=known, span=span)
    return Unknown(reason="it is no constant", span=span)


def _member(member: EnumMember, span: SourceSpan) -> Symbol:
    name = f"{member.of.symbol}.{member.name}"
    held = None if member.value is None else member.value.value
    constant = held if isinstance(held, str | int) else None
    return Symbol(kind="object", name=name, definition=None, span=span, value=constant)


def _symbol(value: Value, span: SourceSpan, text: str) -> Symbol:
    """What a thing is called, and where it is defined; `text` names what has no name of its own."""
    match value:
        case FunctionValue(code) | BoundMethod(_, FunctionValue(code)):
            place = span_of(code.place)
            return Symbol(kind="function", name=code.symbol, definition=place, span=span)
        case ClassValue():
            place = SourceSpan.at(value.module.path, value.definition.name_at)
            return Symbol(kind="class", name=value.symbol, definition=place, span=span)
        case ModuleValue():
            return Symbol(kind="module", name=value.name, definition=None, span=span)
        case LibraryValue():
            return Symbol(kind="library", name=value.path, definition=None, span=span)
        case _:
            return Symbol(kind="object", name=text, definition=None, span=span)


def _container(value: Container, span: SourceSpan, frame: Frame) -> StaticValue:
    """A list or dict behind a name, as it was written, unless the program fills it."""
    machine = frame.machine
    display = machine.displays.get(value)
    activation = value.activation
    if display is None or activation is None or activation.code is not None:
        return Unknown(reason="it is filled by the program", span=span)
    names = set(activation.module.bindings)
    there = Frame(machine, activation, State(), [], globals=names, is_quiet=True)
    return respanned(_static(there, display), span)


def respanned(value: StaticValue, span: SourceSpan) -> StaticValue:
    """The same value, as one that is used at `span`."""
    match value:
        case Items():
            elements = tuple(respanned(element, span) for element in value.elements)
            return Items(kind=value.kind, elements=elements, span=span)
        case Entries():
            pairs = tuple((respanned(k, span), respanned(v, span)) for k, v in value.pairs)
            return Entries(pairs=pairs, span=span)
        case Made():
            return Made(
                constructor=value.constructor,
                positional=tuple(respanned(inner, span) for inner in value.positional),
                keywords=tuple(
                    KeywordValue(name=keyword.name, value=respanned(keyword.value, span), span=span)
                    for keyword in value.keywords
                ),
                span=span,
            )
        case _:
            return replace(value, span=span)
