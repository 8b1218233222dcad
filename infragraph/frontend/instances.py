"""Instances: what calling a class of the application makes."""

from infragraph.frontend import classes
from infragraph.frontend.binding import flattened
from infragraph.frontend.escaping import hand_over
from infragraph.frontend.fields import FIELD, field_names, set_field
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, Caller
from infragraph.frontend.methods import bind_members
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    CALLABLE,
    NOTHING,
    UNKNOWN,
    ClassValue,
    Instance,
    Partial,
    Place,
    Values,
)


def instantiate(
    frame: Frame, of: ClassValue, arguments: tuple[Argument, ...], place: Place, call: Caller
) -> Values:
    """An object of a class: its `__init__` runs, or its fields take the arguments."""
    machine = frame.machine
    if classes.enum_base(machine, of) is not None:
        return classes.enum_members(machine, of) or UNKNOWN
    made = of.object(place, frame.activation)
    result: Values = frozenset((made,))
    created = classes.member(machine, of, "__new__")
    if created is not None:
        first = Argument(frozenset((of,)), place)
        result |= call(frame, created[1], (first, *arguments), place)
    init = classes.member(machine, of, "__init__")
    if init is not None:
        call(frame, bind_members(init[1], made), arguments, place)
        return result
    _assign_fields(frame, made, arguments, call)
    for name in ("__post_init__", "model_post_init", "__attrs_post_init__"):
        found = classes.member(machine, of, name)
        if found is not None:
            call(frame, bind_members(found[1], made), (), place)
    return result


def _assign_fields(
    frame: Frame, made: Instance, arguments: tuple[Argument, ...], call: Caller
) -> None:
    """Fields of a dataclass or model, in their order, from the arguments of its constructor."""
    machine = frame.machine
    fields = field_names(machine, made.of)
    passed = flattened(machine, arguments)
    given = dict(zip(fields, passed.positional, strict=False)) | passed.named
    for name, values in given.items():
        set_field(machine, made, name, values)
    for name in fields:
        if name not in given:
            _default_field(frame, made, name, call)
    if passed.spread or passed.options:
        for name in fields:
            if name not in given:
                set_field(machine, made, name, passed.spread | passed.options)
    everything = NOTHING.union(*(argument.values for argument in arguments))
    if any(isinstance(value, CALLABLE) for value in everything) and not fields:
        hand_over(frame, arguments, call)


def _default_field(frame: Frame, made: Instance, name: str, call: Caller) -> None:
    """What a field holds that no argument was given for, where its definition makes it."""
    found = classes.member(frame.machine, made.of, name)
    for value in ordered(found[1]) if found is not None else ():
        if isinstance(value, Partial) and value.callee == FIELD:
            for option, values in value.keywords:
                if option == "default_factory":
                    place = made.place or frame.place(made.of.definition.name_at)
                    set_field(frame.machine, made, name, call(frame, values, (), place))
                else:
                    set_field(frame.machine, made, name, values)
