"""Targets: what assignments bind, and what else changes a name."""

from infragraph.frontend import attributes, items
from infragraph.frontend.annotations import completed
from infragraph.frontend.classes import enum_base
from infragraph.frontend.elements import elements
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.frame import Frame
from infragraph.frontend.ordering import ordered
from infragraph.frontend.unpacking import unpacked
from infragraph.frontend.values import (
    UNKNOWN,
    ConstantValue,
    Container,
    EnumMember,
    FunctionValue,
    LibraryValue,
    Values,
    literal,
)
from infragraph.model import facts


def assign(frame: Frame, node: facts.Assign) -> None:
    values = evaluate(frame, node.value)
    for target in node.targets:
        bind_target(frame, target, values)


def bind_target(frame: Frame, target: facts.Expression, values: Values) -> None:
    match target:
        case facts.Name():
            frame.bind(target.id, _enum_member(frame, target.id, values))
        case facts.Attribute():
            holders = resolve(frame, target.value)
            attributes.assign(frame, holders, target.name, values)
        case facts.Subscript():
            holders = resolve(frame, target.value)
            index = evaluate(frame, target.index)
            items.set_item(frame, holders, index, values, frame.place(target.at))
        case facts.Sequence():
            parts = unpacked(frame, target.elements, values)
            for element, part in zip(target.elements, parts, strict=True):
                bind_target(frame, element, part)
        case facts.Starred():
            bind_target(frame, target.value, values)
        case _:
            return


def _enum_member(frame: Frame, name: str, values: Values) -> Values:
    of = frame.body_class
    if of is None or name.startswith("_"):
        return values
    base = enum_base(frame.machine, of)
    if base is None or any(isinstance(value, FunctionValue) for value in values):
        return values
    constants = [value for value in values if isinstance(value, ConstantValue)]
    automatic = LibraryValue("enum.auto()") in values
    if automatic and base == "str-enum":
        constants = [literal(name.lower())]
    value = constants[0] if len(constants) == 1 else None
    member = EnumMember(of, name, value, base)
    frame.machine.write(("value", member), values)
    frame.machine.write(("members", of), values)
    return frozenset((member,))


def assign_annotated(frame: Frame, node: facts.AnnotatedAssign) -> None:
    if node.value is None:
        return
    values = evaluate(frame, node.value)
    values = completed(frame.machine, frame.module, node.annotation, values)
    bind_target(frame, node.target, values)


def assign_augmented(frame: Frame, node: facts.AugmentedAssign) -> None:
    stored = evaluate(frame, node.value)
    held = resolve(frame, node.target)
    containers = [value for value in ordered(held) if isinstance(value, Container)]
    if containers:
        for container in containers:
            if container.kind == "dict":
                items.update(frame, container, stored)
            else:
                items.put(frame, container, None, elements(frame.machine, stored))
        return
    joined = facts.Binary(node.operator, node.target, node.value, node.at)
    with frame.quiet():
        values = evaluate(frame, joined)
    bind_target(frame, node.target, values)


def alias(frame: Frame, node: facts.TypeAliasStatement) -> None:
    frame.bind(node.name, UNKNOWN)


def delete(frame: Frame, node: facts.Delete) -> None:
    for target in node.targets:
        if isinstance(target, facts.Name):
            frame.state.names.pop(target.id, None)
        elif isinstance(target, facts.Subscript):
            items.shift(frame, resolve(frame, target.value))


def declare(frame: Frame, node: facts.Scope) -> None:
    if frame.activation.code is None and frame.body_class is None:
        return
    (frame.globals if node.kind == "global" else frame.nonlocals).update(node.names)
