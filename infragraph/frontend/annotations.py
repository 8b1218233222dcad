"""What an annotation says about a value that is not known otherwise."""

from infragraph.frontend.extract import parse_expression
from infragraph.frontend.machine import Machine
from infragraph.frontend.module_names import global_name, module_attribute
from infragraph.frontend.program import Module
from infragraph.frontend.relevance import matters
from infragraph.frontend.values import (
    NOTHING,
    ClassValue,
    Instance,
    LibraryValue,
    ModuleValue,
    Opaque,
    Place,
    Value,
    Values,
)
from infragraph.model import facts

WRAPPERS = frozenset(
    f"{package}.{name}"
    for package in ("typing", "typing_extensions")
    for name in ("Annotated", "Optional", "Union", "Final", "ClassVar", "Type", "Required", "Self")
)


def completed(
    machine: Machine, module: Module, annotation: facts.Expression | None, values: Values
) -> Values:
    """`values`, and where they lead nowhere, any object of the class that the annotation names.

    A type that is a resource's identifies none: what comes of it is tracked, so that a verb on it is
    reported unless some caller shows which resource it is.
    """
    if annotation is None or any(matters(machine, value, is_strict=False) for value in values):
        return values
    typed = typed_values(machine, module, annotation, Place(module.path, annotation.at))
    if not typed or not values:
        return values
    return typed | {value for value in values if not isinstance(value, Opaque)}


def typed_values(
    machine: Machine, module: Module, annotation: facts.Expression, place: Place
) -> Values:
    """The objects that a value with this type may be."""
    found: set[Value] = set()
    for value in _types(machine, module, annotation, 0):
        match value:
            case ClassValue():
                found.add(Instance(value, None, None))
            case LibraryValue():
                for library in machine.libraries:
                    kind = library.annotated(value.path)
                    if kind is not None:
                        reason = f"its type says that it is a {kind}, and no call shows which"
                        found.add(Opaque(reason, place, is_tracked=True, is_typed=True))
            case _:
                continue
    return frozenset(found)


def _types(machine: Machine, module: Module, expression: facts.Expression, depth: int) -> Values:
    if depth > 8:
        return NOTHING
    match expression:
        case facts.Name():
            return global_name(machine, module, expression.id)
        case facts.Attribute():
            found: set[Value] = set()
            for value in _types(machine, module, expression.value, depth + 1):
                match value:
                    case ModuleValue():
                        found |= module_attribute(machine, value, expression.name)
                    case LibraryValue():
                        found.add(LibraryValue(f"{value.path}.{expression.name}"))
                    case ClassValue():
                        found |= machine.read(("class", value, expression.name))
                    case _:
                        continue
            return frozenset(found)
        case facts.Subscript():
            outer = _types(machine, module, expression.value, depth + 1)
            if any(isinstance(v, LibraryValue) and v.path in WRAPPERS for v in outer):
                return _types(machine, module, expression.index, depth + 1)
            return outer
        case facts.Sequence():
            parts = (_types(machine, module, part, depth + 1) for part in expression.elements)
            return NOTHING.union(*parts)
        case facts.Binary() if expression.operator == "|":
            left = _types(machine, module, expression.left, depth + 1)
            return left | _types(machine, module, expression.right, depth + 1)
        case facts.Constant() if isinstance(expression.value, str):
            parsed = parse_expression(expression.value, expression.at)
            return NOTHING if parsed is None else _types(machine, module, parsed, depth + 1)
        case _:
            return NOTHING
