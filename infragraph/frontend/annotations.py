"""What an annotation says about a value that is not known otherwise."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from infragraph.frontend.extract import parse_expression
from infragraph.frontend.machine import Machine
from infragraph.frontend.module_names import global_name, module_attribute
from infragraph.frontend.program import Module
from infragraph.frontend.relevance import matters
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ClassValue,
    LibraryValue,
    ModuleValue,
    Opaque,
    Place,
    Value,
    Values,
)
from infragraph.model import facts

NESTING_LIMIT = 8
"""Brackets, dots and quotes inside each other that a type is read through."""

WRAPPERS = frozenset(
    f"{package}.{name}"
    for package in ("typing", "typing_extensions")
    for name in ("Annotated", "Optional", "Union", "Final", "ClassVar", "Type", "Required", "Self")
)


def completed(
    machine: Machine, module: Module, annotation: facts.Expression | None, values: Values
) -> Values:
    """`values`, and where they lead nowhere, any object of the class that the annotation names.

    A type that is a resource's identifies none: what comes of it is tracked, so that a verb on it
    is reported unless some caller shows which resource it is.
    """
    if annotation is None:
        return values
    for value in values:
        if matters(machine, value):
            return values
    typed = typed_values(machine, module, annotation, Place(module.path, annotation.at))
    if not typed or not values:
        return values
    return typed | {value for value in values if not isinstance(value, Opaque)}


def typed_values(
    machine: Machine, module: Module, annotation: facts.Expression, place: Place
) -> Values:
    """The objects that a value with this type may be; what else it may be is left open."""
    found: set[Value] = set()
    is_open = False
    for value in _types(machine, module, annotation, 0):
        match value:
            case ClassValue():
                found.add(value.object(None, None))
            case LibraryValue():
                kinds = [library.annotated(value.path) for library in machine.libraries]
                is_open = is_open or not any(kinds)
                for kind in kinds:
                    if kind is not None:
                        reason = f"its type says that it is a {kind}, and no call shows which"
                        found.add(Opaque(reason, place, is_tracked=True, is_typed=True))
            case _:
                is_open = True
    other = Opaque("only some of its types are known", place)
    return frozenset({*found, other} if found and is_open else found)


def _types(machine: Machine, module: Module, expression: facts.Expression, depth: int) -> Values:
    """What the names in a type stand for."""
    read = FORMS.get(type(expression))
    if read is None or depth > NESTING_LIMIT:
        return NOTHING
    return read(machine, module, expression, depth + 1)


def _of_name(machine: Machine, module: Module, node: facts.Name, _depth: int) -> Values:
    return global_name(machine, module, node.id)


def _of_attribute(machine: Machine, module: Module, node: facts.Attribute, depth: int) -> Values:
    found: set[Value] = set()
    for value in _types(machine, module, node.value, depth):
        match value:
            case ModuleValue():
                found |= module_attribute(machine, value, node.name)
            case LibraryValue():
                found.add(LibraryValue(f"{value.path}.{node.name}"))
            case ClassValue():
                found |= machine.read(("class", value, node.name))
            case _:
                continue
    return frozenset(found)


def _of_subscript(machine: Machine, module: Module, node: facts.Subscript, depth: int) -> Values:
    outer = _types(machine, module, node.value, depth)
    if any(isinstance(value, LibraryValue) and value.path in WRAPPERS for value in outer):
        return _types(machine, module, node.index, depth)
    return outer


def _of_sequence(machine: Machine, module: Module, node: facts.Sequence, depth: int) -> Values:
    return _any_of(machine, module, node.elements, depth)


def _of_union(machine: Machine, module: Module, node: facts.Binary, depth: int) -> Values:
    if node.operator != "|":
        return NOTHING
    return _any_of(machine, module, (node.left, node.right), depth)


def _any_of(
    machine: Machine, module: Module, parts: Iterable[facts.Expression], depth: int
) -> Values:
    """What several types stand for; one that leads nowhere may be anything."""
    found: set[Value] = set()
    for part in parts:
        is_none = isinstance(part, facts.Constant) and part.value is None
        found |= _types(machine, module, part, depth) or (NOTHING if is_none else UNKNOWN)
    return frozenset(found)


def _of_text(machine: Machine, module: Module, node: facts.Constant, depth: int) -> Values:
    if not isinstance(node.value, str):
        return NOTHING
    parsed = parse_expression(node.value, node.at)
    return NOTHING if parsed is None else _types(machine, module, parsed, depth)


FORMS: Mapping[type[object], Callable[[Machine, Module, Any, int], Values]] = {
    facts.Name: _of_name,
    facts.Attribute: _of_attribute,
    facts.Subscript: _of_subscript,
    facts.Sequence: _of_sequence,
    facts.Binary: _of_union,
    facts.Constant: _of_text,
}
