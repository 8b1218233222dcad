"""Expressions: what evaluating each form gives."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.frontend import (
    attributes,
    comprehensions,
    displays,
    folding,
    invocation,
    items,
    iteration,
    operators,
)
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.frame import Frame
from infragraph.frontend.functions import class_path, made_function
from infragraph.frontend.module_names import demand
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ClassValue,
    GeneratorValue,
    LibraryValue,
    TypeArgument,
    Values,
    literal,
)
from infragraph.model import facts


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


def _starred(frame: Frame, node: facts.Starred) -> Values:
    return evaluate(frame, node.value)


def _formatted(frame: Frame, node: facts.Formatted) -> Values:
    values = evaluate(frame, node.value)
    for part in node.spec:
        evaluate(frame, part)
    demand(frame.machine, values)
    return UNKNOWN if node.spec else folding.as_text(values, node.conversion)


def _formatted_string(frame: Frame, node: facts.FormattedString) -> Values:
    parts = [evaluate(frame, part) for part in node.parts]
    return UNKNOWN if node.is_template else folding.formatted(parts)


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


EVALUATORS: Mapping[type[object], Callable[[Frame, Any], Values]] = {
    facts.Constant: _constant,
    facts.Name: _name,
    facts.Attribute: _attribute,
    facts.Subscript: _subscript,
    facts.Call: invocation.invoke,
    facts.Starred: _starred,
    facts.Sequence: displays.sequence,
    facts.Mapping: displays.mapping,
    facts.Formatted: _formatted,
    facts.FormattedString: _formatted_string,
    facts.Binary: operators.binary,
    facts.Unary: operators.unary,
    facts.Boolean: operators.boolean,
    facts.Comparison: operators.comparison,
    facts.Conditional: operators.conditional,
    facts.Comprehension: comprehensions.comprehension,
    facts.Await: _await,
    facts.Yield: _yield,
    facts.Walrus: _walrus,
    facts.Slice: _slice,
    facts.Lambda: _lambda,
}
