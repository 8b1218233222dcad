"""Forms of classes: which library makes a class one whose objects can be encoded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.ancestry import library_bases, order, outside
from infragraph.frontend.types.names import (
    AssignedTarget,
    FunctionTarget,
    LibraryTarget,
    target,
)
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.values import ClassValue
from infragraph.model import facts

Form: TypeAlias = Literal[
    "attrs", "dataclass", "enum", "model", "named-tuple", "root-model", "struct", "typed-dict"
]

ENUMS = frozenset(
    f"enum.{name}" for name in ("Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum")
)

DATACLASSES = frozenset(
    {"dataclasses.dataclass", "dataclasses.make_dataclass", "pydantic.dataclasses.dataclass"}
)

ATTRS = frozenset(
    {
        "attrs.attrs",
        "attrs.dataclass",
        "attrs.define",
        "attrs.frozen",
        "attrs.make_class",
        "attrs.mutable",
    }
)

HOPS = 8
"""Names followed from a decorator to the library's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoration:
    """A decorator that makes fields of annotations, with its arguments."""

    path: str
    keywords: tuple[facts.Keyword, ...]

    def option(self, name: str) -> facts.Expression | None:
        return next((word.value for word in self.keywords if word.name == name), None)


def form_of(machine: Machine, of: ClassValue) -> Form | None:
    """The form of a class, None for a plain one and for one whose bases hide it."""
    above, _ = library_bases(machine, of)
    if above & ENUMS:
        return "enum"
    for path, form in BY_BASE:
        if path in above:
            return form
    for current in order(machine, of):
        decoration = decorated(machine, current)
        if decoration is not None:
            return "attrs" if decoration.path in ATTRS else "dataclass"
    return None


BY_BASE: tuple[tuple[str, Form], ...] = (
    ("pydantic.RootModel", "root-model"),
    ("pydantic.BaseModel", "model"),
    ("msgspec.Struct", "struct"),
    ("typing.TypedDict", "typed-dict"),
    ("typing.NamedTuple", "named-tuple"),
)


def decorated(machine: Machine, of: ClassValue) -> Decoration | None:
    """The decorator that makes this class itself a dataclass or an attrs class."""
    scope = outside(machine, of)
    for expression in of.definition.decorators:
        found = _decoration(machine, scope, expression, HOPS)
        if found is not None:
            return found
    return None


def _decoration(
    machine: Machine, scope: Scope, expression: facts.Expression, hops: int
) -> Decoration | None:
    if hops == 0:
        return None
    if isinstance(expression, facts.Call):
        return _call(machine, scope, expression, hops)
    match target(machine, scope, expression):
        case LibraryTarget(path=path) if path in DATACLASSES | ATTRS:
            return Decoration(path=path, keywords=())
        case AssignedTarget() as assigned:
            inner = scope.elsewhere(
                assigned.module, expression.at, owner=assigned.owner, closure=assigned.closure
            )
            return _decoration(machine, inner, assigned.expression, hops - 1)
        case FunctionTarget() as written:
            return _function(machine, scope, expression, written, hops)
        case _:
            return None


def _call(machine: Machine, scope: Scope, call: facts.Call, hops: int) -> Decoration | None:
    """`dataclass(frozen=True)`, or `partial(dataclass, frozen=True)`."""
    callee = target(machine, scope, call.callee)
    is_partial = isinstance(callee, LibraryTarget) and callee.path == "functools.partial"
    inner = call.arguments[0] if is_partial and call.arguments else call.callee
    found = _decoration(machine, scope, inner, hops - 1)
    if found is None:
        return None
    return Decoration(path=found.path, keywords=(*call.keywords, *found.keywords))


def _function(
    machine: Machine,
    scope: Scope,
    expression: facts.Expression,
    written: FunctionTarget,
    hops: int,
) -> Decoration | None:
    """A decorator of the application: one that says it makes dataclasses, or that returns one."""
    inner = scope.elsewhere(written.module, expression.at)
    for decorator in written.function.decorators:
        callee = decorator.callee if isinstance(decorator, facts.Call) else decorator
        found = target(machine, inner, callee)
        if isinstance(found, LibraryTarget) and found.path == "typing.dataclass_transform":
            return Decoration(path="dataclasses.dataclass", keywords=())
    for value in _returned(written.function.body):
        if isinstance(value, facts.Call):
            decoration = _decoration(machine, inner, value, hops - 1)
            if decoration is not None:
                return decoration
    return None


def _returned(body: tuple[facts.Statement, ...]) -> Iterator[facts.Expression]:
    for statement in body:
        match statement:
            case facts.Return(value=value) if value is not None:
                yield value
            case facts.If():
                yield from _returned(statement.body)
                yield from _returned(statement.orelse)
            case facts.Function():
                yield from _returned(statement.body)
            case _:
                continue
