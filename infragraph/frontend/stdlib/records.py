"""Objects with named fields: fields of dataclasses, copies with changes, named tuples."""

from infragraph.frontend import folding, items
from infragraph.frontend.fields import FIELD, field_names, set_field
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.ordering import ordered
from infragraph.frontend.stdlib.meaning import Meanings, argument
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ClassValue,
    ConstantValue,
    Container,
    Instance,
    LibraryValue,
    Member,
    Partial,
    RecordValue,
    TupleValue,
    Value,
    Values,
)
from infragraph.model import facts

FIELDS = (
    "dataclasses.field",
    "attrs.field",
    "attr.ib",
    "attr.field",
    "msgspec.field",
    "pydantic.Field",
)
"""What gives a field of a class its default."""

DEFAULTS = {
    "default": "default",
    "factory": "default_factory",
    "default_factory": "default_factory",
}


def _field(_frame: Frame, call: LibraryCall) -> Values:
    """The default of a field, until an object is made."""
    options = tuple((DEFAULTS[a.name], a.values) for a in call.arguments if a.name in DEFAULTS)
    return frozenset((Partial(FIELD, (), options),))


# --- copies with changes -------------------------------------------------------------------------


def _replace(frame: Frame, call: LibraryCall) -> Values:
    """`replace(object, name=value)`: another object, whose other fields are the same."""
    changes = tuple(one for one in call.arguments if one.name is not None or one.star == "**")
    return frozenset(_copied(frame, call, value, changes) for value in ordered(call.positional(0)))


def _model_copy(frame: Frame, call: LibraryCall) -> Values:
    """`model.model_copy(update={…})`."""
    changes = tuple(
        Argument(one.values, one.place, star="**") for one in call.arguments if one.name == "update"
    )
    return frozenset(_copied(frame, call, value, changes) for value in ordered(call.positional(0)))


def _copied(frame: Frame, call: LibraryCall, value: Value, changes: tuple[Argument, ...]) -> Value:
    machine = frame.machine
    if not isinstance(value, Instance):
        return value
    made = value.of.object(call.place, frame.activation)
    changed = RecordValue((), NOTHING)
    for change in changes:
        changed = _with(frame, changed, change)
    known = dict(changed.entries)
    for name in field_names(machine, value.of):
        before = machine.read(("field", value, name)) | changed.rest
        set_field(machine, made, name, known.pop(name, before))
    for name, values in sorted(known.items()):
        set_field(machine, made, name, values)
    return made


def _with(frame: Frame, changed: RecordValue, change: Argument) -> RecordValue:
    """Changes, and one more argument of the call."""
    machine = frame.machine
    entries, rest = dict(changed.entries), changed.rest
    if change.name is not None:
        entries[change.name] = change.values
    for value in ordered(change.values) if change.star else ():
        match value:
            case RecordValue():
                entries.update(value.entries)
                rest |= value.rest
            case Container():
                for key in ordered(machine.read(("keys", value))):
                    if isinstance(key, ConstantValue) and isinstance(key.value, str):
                        entries[key.value] = machine.read(("item", value, key))
                rest |= machine.read(("item", value, items.ANY_KEY))
            case _:
                continue
    return RecordValue(tuple(entries.items()), rest)


def _as_dict(_frame: Frame, call: LibraryCall) -> Values:
    return frozenset(Member(value, "__dict__") for value in call.positional(0))


def _as_tuple(frame: Frame, call: LibraryCall) -> Values:
    machine = frame.machine
    return frozenset(
        TupleValue(
            tuple(machine.read(("field", value, name)) for name in field_names(machine, value.of))
        )
        if isinstance(value, Instance)
        else value
        for value in call.positional(0)
    )


# --- classes made by a call ----------------------------------------------------------------------


def _named_tuple(frame: Frame, call: LibraryCall) -> Values:
    """`namedtuple("Pair", ["left", "right"])`, as the class that it makes."""
    fields = _texts(frame, argument(call, 1, "field_names", "fields"))
    return _made_class(frame, call, fields, LibraryValue("typing.NamedTuple"))


def _data_class(frame: Frame, call: LibraryCall) -> Values:
    """`make_dataclass("Pair", ["left", "right"])`."""
    fields = _texts(frame, argument(call, 1, "fields"))
    return _made_class(frame, call, fields, LibraryValue("builtins.object"))


def _texts(frame: Frame, values: Values) -> list[str] | None:
    """The names of fields, as one text, as texts, or as pairs of a text and a type."""
    texts: dict[str, None] = {}
    for value in _in_order(frame, values):
        known = folding.plain(value)
        if known is None or not isinstance(known.value, str):
            return None
        texts.update(dict.fromkeys(known.value.replace(",", " ").split()))
    return list(texts)


def _in_order(frame: Frame, values: Values) -> list[Value]:
    found: list[Value] = []
    for value in ordered(values):
        rows = items.elements_in_order(frame.machine, value)
        if rows is None:
            found.append(value)
            continue
        for row in rows:
            first = next(iter(row), None)
            pair = None if first is None else items.elements_in_order(frame.machine, first)
            found.extend(pair[0] if pair else row)
    return found


def _made_class(
    frame: Frame, call: LibraryCall, fields: list[str] | None, base: LibraryValue
) -> Values:
    machine = frame.machine
    if fields is None:
        return UNKNOWN
    at = call.place.at
    name = next((v.value for v in call.positional(0) if isinstance(v, ConstantValue)), None)
    closure = None if frame.activation.code is None else frame.activation
    key = (frame.module.name, at, closure)
    of = machine.classes.get(key)
    if of is None:
        anything = facts.Constant(None, at, is_ellipsis=True)
        body = tuple(
            facts.AnnotatedAssign(facts.Name(field, at), anything, None, None, at)
            for field in fields
        )
        label = name if isinstance(name, str) else "NamedTuple"
        bases = (facts.Name("NamedTuple", at),)
        definition = facts.Class(label, bases, (), (), body, None, (), at, at)
        of = ClassValue(frame.module, definition, label, closure)
        machine.classes[key] = of
    machine.write(("base", of, 0), frozenset((base,)))
    return frozenset((of,))


FUNCTIONS: Meanings = {
    **dict.fromkeys(FIELDS, _field),
    "attr.asdict": _as_dict,
    "attr.evolve": _replace,
    "attrs.asdict": _as_dict,
    "attrs.evolve": _replace,
    "collections.namedtuple": _named_tuple,
    "copy.replace": _replace,
    "dataclasses.asdict": _as_dict,
    "dataclasses.astuple": _as_tuple,
    "dataclasses.make_dataclass": _data_class,
    "dataclasses.replace": _replace,
    "msgspec.structs.replace": _replace,
    "pydantic.model_copy()": _model_copy,
    "typing.NamedTuple": _named_tuple,
}
