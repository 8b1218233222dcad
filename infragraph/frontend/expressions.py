"""Expressions: what each form may be, and what evaluating it does."""

import re
from collections.abc import Callable
from typing import Any

from infragraph.frontend import attributes, calls, folding, items, iteration
from infragraph.frontend.elements import as_tuples, elements
from infragraph.frontend.escaping import mention
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument
from infragraph.frontend.module_names import demand
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    FunctionValue,
    GeneratorValue,
    LibraryValue,
    Super,
    TupleValue,
    TypeArgument,
    Value,
    Values,
    literal,
)
from infragraph.model import facts

TUPLE_DEPTH = 4
"""How deep tuples nest before their elements are no longer told apart: loops may nest them for ever."""


def evaluate(frame: Frame, expression: facts.Expression) -> Values:
    """What an expression may be; a function that it names counts as called."""
    values = resolve(frame, expression)
    if frame.is_handing_back:
        return values
    if isinstance(expression, facts.Name | facts.Attribute | facts.Subscript | facts.Lambda):
        for value in ordered(values):
            match value:
                case FunctionValue() | BoundMethod():
                    mention(frame, value, frame.place(expression.at))
                case Declared() if value.handler is not None:
                    note_endpoint(frame, value, expression)
                case _:
                    continue
    return values


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


def note_endpoint(frame: Frame, value: Declared, expression: facts.Expression) -> None:
    """An endpoint that is only mentioned counts as called, except in the body of a module or class."""
    if frame.is_module_level or frame.body_class is not None:
        return
    for library in frame.machine.libraries:
        if library.passed(frame, value, frame.place(expression.at)):
            return


def resolve(frame: Frame, expression: facts.Expression) -> Values:
    """The same for an expression that is called, decorated with or looked into: it is no mention."""
    machine = frame.machine
    machine.work.depth += 1
    try:
        return EVALUATORS[type(expression)](frame, expression)
    finally:
        machine.work.depth -= 1


def _constant(_frame: Frame, node: facts.Constant) -> Values:
    return UNKNOWN if node.is_ellipsis else frozenset((literal(node.value),))


def _name(frame: Frame, node: facts.Name) -> Values:
    return frame.lookup(node.id)


def _attribute(frame: Frame, node: facts.Attribute) -> Values:
    holders = resolve(frame, node.value)
    return attributes.attribute(frame, holders, node.name, frame.place(node.at))


def _subscript(frame: Frame, node: facts.Subscript) -> Values:
    holders = resolve(frame, node.value)
    library = frozenset(
        LibraryValue(value.path, TypeArgument(node.index, frame.module.name, class_path(frame)))
        for value in holders
        if isinstance(value, LibraryValue) and value.path != "os.environ"
    )
    rest = frozenset(
        value
        for value in holders
        if not isinstance(value, LibraryValue) or value.path == "os.environ"
    )
    if not rest:
        return library
    if all(isinstance(value, ClassValue) for value in rest) and not any(
        items.is_indexed(frame.machine, value) for value in rest if isinstance(value, ClassValue)
    ):
        return library | rest
    place = frame.place(node.at)
    if isinstance(node.index, facts.Slice):
        bounds = tuple(evaluate(frame, part) for part in node.index.parts)
        return library | items.sliced(frame, rest, bounds, place)
    index = evaluate(frame, node.index)
    return library | items.item(frame, rest, index, place)


def class_path(frame: Frame) -> tuple[str, ...]:
    """The classes around this point, outermost first."""
    names: list[str] = []
    current: Frame | None = frame
    while current is not None and current.body_class is not None:
        names.append(current.body_class.definition.name)
        current = current.outer
    code = frame.activation.code
    return (*(code.classes if code is not None else ()), *reversed(names))


def _call(frame: Frame, node: facts.Call) -> Values:
    place = frame.place(node.at)
    callees = resolve(frame, node.callee)
    special = _super(frame, node, callees)
    if special is not None:
        return special
    arguments = evaluated_arguments(frame, node)
    return calls.call(frame, callees, arguments, place, node)


def evaluated_arguments(frame: Frame, node: facts.Call) -> tuple[Argument, ...]:
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


def _super(frame: Frame, node: facts.Call, callees: Values) -> Values | None:
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
    del node
    return frozenset(Super(function.owner, value) for value in receivers) or NOTHING


def _starred(frame: Frame, node: facts.Starred) -> Values:
    return evaluate(frame, node.value)


def _sequence(frame: Frame, node: facts.Sequence) -> Values:
    if node.kind == "tuple" and not any(isinstance(e, facts.Starred) for e in node.elements):
        exact = tuple(evaluate(frame, element) for element in node.elements)
        if all(nesting(element) < TUPLE_DEPTH for element in exact):
            return frozenset((TupleValue(exact),))
        return frozenset((TupleValue((), UNKNOWN),))
    parts: list[Values] = []
    for element in node.elements:
        if isinstance(element, facts.Starred):
            values = evaluate(frame, element.value)
            parts.append(iteration.iterated(frame, values, frame.place(element.at)))
        else:
            parts.append(evaluate(frame, element))
    if node.kind == "tuple":
        return frozenset((TupleValue((), NOTHING.union(*parts)),))
    container = Container(node.kind, frame.place(node.at), frame.activation)
    frame.machine.displays[container] = node
    is_exact = not any(isinstance(element, facts.Starred) for element in node.elements)
    for index, part in enumerate(parts):
        position = frozenset((literal(index),)) if is_exact and node.kind == "list" else None
        items.put(frame, container, position, part)
    return frozenset((container,))


def nesting(values: Values) -> int:
    depth = 0
    for value in values:
        if isinstance(value, TupleValue):
            inner = (*value.elements, value.rest)
            depth = max(depth, 1 + max((nesting(part) for part in inner), default=0))
    return depth


def _mapping(frame: Frame, node: facts.Mapping) -> Values:
    container = Container("dict", frame.place(node.at), frame.activation)
    frame.machine.displays[container] = node
    for key, value in zip(node.keys, node.values, strict=True):
        held = evaluate(frame, value)
        if key is None:
            items.update(frame, container, held)
        else:
            items.put(frame, container, evaluate(frame, key), held)
    return frozenset((container,))


def _formatted(frame: Frame, node: facts.Formatted) -> Values:
    values = evaluate(frame, node.value)
    for part in node.spec:
        evaluate(frame, part)
    demand(frame.machine, values)
    return UNKNOWN if node.spec else folding.as_text(values, node.conversion)


def _formatted_string(frame: Frame, node: facts.FormattedString) -> Values:
    parts = [evaluate(frame, part) for part in node.parts]
    return UNKNOWN if node.is_template else folding.formatted(parts)


UNIONS = frozenset({"|", "^"})
"""What combines sets, and the first of them dicts."""

SET_OPERATORS = UNIONS | {"&", "-"}


def _binary(frame: Frame, node: facts.Binary) -> Values:
    left = evaluate(frame, node.left)
    right = evaluate(frame, node.right)
    if node.operator in SET_OPERATORS and any(isinstance(v, Container) for v in left | right):
        return left | right if node.operator in UNIONS else left
    if node.operator == "*" and any(isinstance(v, Container | TupleValue) for v in left | right):
        rows = frozenset(v for v in left | right if isinstance(v, Container | TupleValue))
        return frozenset((TupleValue((), elements(frame.machine, rows)),))
    if node.operator == "+" and any(isinstance(v, Container | TupleValue) for v in left | right):
        return _joined(frame, left, right)
    if node.operator == "%" and any(isinstance(v, TupleValue) for v in right):
        return _percent_tuple(frame, left, right)
    demand(frame.machine, left | right)
    return folding.binary(node.operator, left, right)


def _joined(frame: Frame, left: Values, right: Values) -> Values:
    """`a + b` of sequences."""
    tuples = [value for value in (*left, *right) if isinstance(value, TupleValue)]
    if len(tuples) == 2 and len(left) == 1 and len(right) == 1:
        first, second = next(iter(left)), next(iter(right))
        if isinstance(first, TupleValue) and isinstance(second, TupleValue) and not first.rest:
            return frozenset((TupleValue((*first.elements, *second.elements), second.rest),))
    return frozenset((TupleValue((), elements(frame.machine, left | right)),))


def _percent_tuple(frame: Frame, left: Values, right: Values) -> Values:
    """`"%s-%s" % (a, b)`."""
    templates = [value.value for value in left if isinstance(value, ConstantValue)]
    tuples = [value for value in right if isinstance(value, TupleValue)]
    if len(templates) != 1 or len(tuples) != 1 or len(left) != 1 or len(right) != 1:
        return UNKNOWN
    template = templates[0]
    if not isinstance(template, str):
        return UNKNOWN
    pieces = PLACEHOLDER.split(template)
    if len(pieces) != len(tuples[0].elements) + 1 or any(
        "%" in p.replace("%%", "") for p in pieces
    ):
        return UNKNOWN
    parts: list[Values] = [frozenset((literal(pieces[0].replace("%%", "%")),))]
    for piece, element in zip(pieces[1:], tuples[0].elements, strict=True):
        demand(frame.machine, element)
        parts.append(folding.as_text(element, ""))
        parts.append(frozenset((literal(piece.replace("%%", "%")),)))
    return folding.formatted(parts)


PLACEHOLDER = re.compile(r"(?<!%)%[sd]")
"""`%s` and `%d` alone: a width could ask for gigabytes."""


def _unary(frame: Frame, node: facts.Unary) -> Values:
    values = evaluate(frame, node.operand)
    if node.operator == "not":
        return UNKNOWN
    result: set[Value] = set()
    for value in values:
        known = folding.plain(value)
        if known is not None and isinstance(known.value, int | float) and node.operator == "-":
            result.add(literal(-known.value))
        elif known is not None and isinstance(known.value, int | float) and node.operator == "+":
            result.add(known)
        else:
            result |= UNKNOWN
    return frozenset(result)


def _boolean(frame: Frame, node: facts.Boolean) -> Values:
    result: Values = NOTHING
    for value in node.values:
        result |= evaluate(frame, value)
    return result


def _comparison(frame: Frame, node: facts.Comparison) -> Values:
    evaluate(frame, node.left)
    for value in node.comparators:
        evaluate(frame, value)
    return UNKNOWN


def _conditional(frame: Frame, node: facts.Conditional) -> Values:
    evaluate(frame, node.test)
    before = frame.state.copy()
    body = evaluate(frame, node.body)
    after = frame.state
    frame.state = before
    orelse = evaluate(frame, node.orelse)
    frame.state.merge(after)
    return body | orelse


def _comprehension(frame: Frame, node: facts.Comprehension) -> Values:
    shadowed = dict(frame.state.names)
    bound: set[str] = set()
    with frame.placed("comprehension"):
        for generator in node.generators:
            iterable = evaluate(frame, generator.iterable)
            place = frame.place(generator.iterable.at)
            elements = iteration.iterated(frame, iterable, place)
            bound |= bind_local(frame, generator.target, elements)
            for condition in generator.conditions:
                evaluate(frame, condition)
        parts = [evaluate(frame, element) for element in node.elements]
    for name in bound:
        if name in shadowed:
            frame.state.names[name] = shadowed[name]
        else:
            frame.state.names.pop(name, None)
    if node.kind == "generator":
        return frozenset((TupleValue((), parts[0]),))
    container = Container(node.kind, frame.place(node.at), frame.activation)
    if node.kind == "dict":
        items.put(frame, container, parts[0], parts[1])
    else:
        items.put(frame, container, None, parts[0])
    return frozenset((container,))


def bind_local(frame: Frame, target: facts.Expression, values: Values) -> set[str]:
    """Bind the target of a comprehension, which has a scope of its own."""
    match target:
        case facts.Name():
            frame.state.names[target.id] = values
            if frame.activation.code is not None:
                frame.machine.write(("cell", frame.activation, target.id), values)
            return {target.id}
        case facts.Sequence():
            names: set[str] = set()
            for element, part in zip(
                target.elements, unpacked(frame, target.elements, values), strict=True
            ):
                names |= bind_local(frame, element, part)
            return names
        case facts.Starred():
            return bind_local(frame, target.value, values)
        case _:
            return set()


def unpacked(frame: Frame, targets: tuple[facts.Expression, ...], values: Values) -> list[Values]:
    """What each target of `a, b, *c = values` gets."""
    machine = frame.machine
    values = as_tuples(machine, values)
    starred = [index for index, target in enumerate(targets) if isinstance(target, facts.Starred)]
    parts: list[Values] = [NOTHING] * len(targets)
    for value in values:
        exact = isinstance(value, TupleValue) and not value.rest
        if isinstance(value, TupleValue) and exact and not starred:
            if len(value.elements) == len(targets):
                parts = [mine | part for mine, part in zip(parts, value.elements, strict=True)]
            continue
        if isinstance(value, TupleValue) and exact and len(value.elements) >= len(targets) - 1:
            cut = starred[0]
            tail = len(targets) - cut - 1
            middle = value.elements[cut : len(value.elements) - tail]
            whole = (
                *value.elements[:cut],
                frozenset((TupleValue(middle),)),
                *value.elements[len(value.elements) - tail :],
            )
            parts = [mine | part for mine, part in zip(parts, whole, strict=True)]
            continue
        every = elements(machine, frozenset((value,)))
        for index in range(len(targets)):
            more = frozenset((TupleValue((), every),)) if index in starred else every
            parts[index] |= more
    return parts


def _await(frame: Frame, node: facts.Await) -> Values:
    return iteration.awaited(frame.machine, evaluate(frame, node.value))


def _yield(frame: Frame, node: facts.Yield) -> Values:
    values = NOTHING if node.value is None else evaluate(frame, node.value)
    if not node.is_from:
        frame.machine.write(("yield", frame.activation), values)
        return frame.machine.read(("sent", frame.activation)) or UNKNOWN
    given = iteration.iterated(frame, values, frame.place(node.at))
    frame.machine.write(("yield", frame.activation), given)
    generators = (value for value in values if isinstance(value, GeneratorValue))
    returned = (frame.machine.read(("return", one.activation)) for one in generators)
    return NOTHING.union(*returned) or UNKNOWN


def _walrus(frame: Frame, node: facts.Walrus) -> Values:
    values = evaluate(frame, node.value)
    frame.bind(node.target.id, values)
    return values


def _slice(frame: Frame, node: facts.Slice) -> Values:
    for part in node.parts:
        evaluate(frame, part)
    return UNKNOWN


def _lambda(frame: Frame, node: facts.Lambda) -> Values:
    return frozenset((made_function(frame, node.function),))


def made_function(frame: Frame, function: facts.Function) -> FunctionValue:
    """The value of a `def` or a lambda here; its defaults are evaluated now."""
    machine = frame.machine
    outer = frame.activation.code
    names = [current.definition.name for current in enclosing_classes(frame)]
    prefix = [outer.qualname] if outer is not None else []
    qualname = ".".join([*prefix, *names, function.name])
    code = machine.code(frame.module, function, qualname, class_path(frame))
    closure = None if outer is None else frame.activation
    value = FunctionValue(code, closure, frame.body_class)
    machine.functions.setdefault(code, {})[value] = None
    for parameter in function.parameters:
        if parameter.default is not None:
            default = evaluate(frame, parameter.default)
            machine.write(("default", value, parameter.name), default)
    return value


def enclosing_classes(frame: Frame) -> list[ClassValue]:
    """The classes whose bodies run around this point, outermost first."""
    found: list[ClassValue] = []
    current: Frame | None = frame
    while current is not None and current.body_class is not None:
        found.append(current.body_class)
        current = current.outer
    return found[::-1]


EVALUATORS: dict[type[object], Callable[[Frame, Any], Values]] = {
    facts.Constant: _constant,
    facts.Name: _name,
    facts.Attribute: _attribute,
    facts.Subscript: _subscript,
    facts.Call: _call,
    facts.Starred: _starred,
    facts.Sequence: _sequence,
    facts.Mapping: _mapping,
    facts.Formatted: _formatted,
    facts.FormattedString: _formatted_string,
    facts.Binary: _binary,
    facts.Unary: _unary,
    facts.Boolean: _boolean,
    facts.Comparison: _comparison,
    facts.Conditional: _conditional,
    facts.Comprehension: _comprehension,
    facts.Await: _await,
    facts.Yield: _yield,
    facts.Walrus: _walrus,
    facts.Slice: _slice,
    facts.Lambda: _lambda,
}
