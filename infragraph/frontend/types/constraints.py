"""Constraints: what `Field(…)`, `Meta(…)` and annotated-types say, in JSON Schema's words."""

import re
from collections.abc import Mapping
from dataclasses import replace

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.constants import constant, text
from infragraph.frontend.types.names import AssignedTarget, LibraryTarget, target
from infragraph.frontend.types.reading import Call, Reading
from infragraph.frontend.types.schema import Schema, alternatives
from infragraph.frontend.types.scope import Scope
from infragraph.model import facts
from infragraph.model.graph import Property


def metadata_call(machine: Machine, scope: Scope, expression: facts.Expression) -> Call | None:
    """The call of a library that an expression is, or that the name it is stands for."""
    for _ in range(4):
        match expression:
            case facts.Call():
                called = target(machine, scope, expression.callee)
                if not isinstance(called, LibraryTarget):
                    return None
                return Call(path=called.path, call=expression, scope=scope)
            case facts.Name() | facts.Attribute():
                found = target(machine, scope, expression)
                if not isinstance(found, AssignedTarget):
                    return None
                scope = scope.elsewhere(
                    found.module, expression.at, owner=found.owner, closure=found.closure
                )
                expression = found.expression
            case _:
                return None
    return None


HOLDERS = frozenset({"pydantic.Field", "pydantic.StringConstraints", "msgspec.Meta"})

SINGLE: Mapping[str, tuple[str, ...]] = {
    "annotated_types.Gt": ("gt",),
    "annotated_types.Ge": ("ge",),
    "annotated_types.Lt": ("lt",),
    "annotated_types.Le": ("le",),
    "annotated_types.Interval": (),
    "annotated_types.MultipleOf": ("multiple_of",),
    "annotated_types.MinLen": ("min_length",),
    "annotated_types.MaxLen": ("max_length",),
    "annotated_types.Len": ("min_length", "max_length"),
}
"""Constraints of annotated-types, by the names of their positional arguments."""


def constraints(machine: Machine, found: Call) -> Mapping[str, Property]:
    """The constant constraints that a call states, by pydantic's names for them."""
    if found.path not in HOLDERS and found.path not in SINGLE:
        return {}
    return arguments(machine, found, SINGLE.get(found.path, ()))


def arguments(machine: Machine, found: Call, positional: tuple[str, ...]) -> Mapping[str, Property]:
    """The constant arguments of a call by name."""
    given = [
        *zip(positional, found.call.arguments, strict=False),
        *((word.name, word.value) for word in found.call.keywords if word.name is not None),
    ]
    values = ((name, constant(machine, found.scope, value)) for name, value in given)
    return {
        KEYS.get(name, name): value.value
        for name, value in values
        if value is not None and value.value is not None
    }


KEYS: Mapping[str, str] = {
    "min_items": "min_length",
    "max_items": "max_length",
    "regex": "pattern",
    "min_inclusive": "min_length",
    "max_exclusive": "max_length",
}


def narrowed(reading: Reading, stated: Mapping[str, Property]) -> Reading:
    """The reading with these constraints on every part of it that they can hold for."""
    if not stated:
        return reading
    parts = [_narrowed(part, stated) for part in alternatives(reading.schema)]
    return replace(reading, schema=parts[0] if len(parts) == 1 else {"anyOf": parts})


def _narrowed(schema: Schema, stated: Mapping[str, Property]) -> Schema:
    kind = schema.get("type")
    if not isinstance(kind, str) or schema.keys() & UNMEASURED or schema.get("format") in HIDDEN:
        return schema
    added: dict[str, Property] = {}
    for name, value in stated.items():
        word = WORDS.get(kind, {}).get(name)
        if word is not None and _holds(name, value):
            added[word] = value
    return {**schema, **added}


UNMEASURED = frozenset({"contentEncoding", "enum"})
"""Marks of texts whose length is not that of the value that they encode."""

HIDDEN = frozenset({"decimal", "password"})
"""Formats whose texts say nothing of the value's own length."""

NUMBER: Mapping[str, str] = {
    "gt": "exclusiveMinimum",
    "ge": "minimum",
    "lt": "exclusiveMaximum",
    "le": "maximum",
    "multiple_of": "multipleOf",
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "integer": NUMBER,
    "number": NUMBER,
    "string": {"min_length": "minLength", "max_length": "maxLength", "pattern": "pattern"},
    "array": {"min_length": "minItems", "max_length": "maxItems"},
    "object": {"min_length": "minProperties", "max_length": "maxProperties"},
}


def _holds(name: str, value: Property) -> bool:
    """Whether JSON Schema can say it; multiples of a fraction are a matter of rounding."""
    match name:
        case "pattern":
            return isinstance(value, str) and _compiles(value)
        case "multiple_of":
            return isinstance(value, int) and value > 0
        case "min_length" | "max_length":
            return isinstance(value, int) and value >= 0
        case _:
            return isinstance(value, int | float) and not isinstance(value, bool)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def described(machine: Machine, found: Call) -> str | None:
    """The description that a call gives a value."""
    if found.path in {"typing.Doc", "annotated_doc.Doc"} and found.call.arguments:
        return text(constant(machine, found.scope, found.call.arguments[0]))
    expression = found.argument("description") if found.path in HOLDERS else None
    return None if expression is None else text(constant(machine, found.scope, expression))
