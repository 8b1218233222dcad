"""What stands above a class: classes of the application in order, and those of libraries."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.functional import synthetic
from infragraph.frontend.types.names import (
    AssignedTarget,
    ClassTarget,
    LibraryTarget,
    name_target,
    target,
)
from infragraph.frontend.types.scope import Scope, Unit
from infragraph.frontend.values import ClassValue
from infragraph.model import facts
from infragraph.model.types import ClassType, Type

ALIASES = 8
"""Names that may stand between a base as written and the class it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One base: a class, or the name of a library's, with its type arguments in their scope.

    It is `is_missing` where nothing was found.
    """

    of: ClassValue | None
    path: str
    arguments: tuple[facts.Expression, ...]
    scope: Scope
    is_missing: bool = False


def outside(machine: Machine, of: ClassValue, unit: Unit | None = None) -> Scope:
    """The scope that a class stands in, which its bases and decorators are read in."""
    return Scope(
        module=of.module,
        unit=unit or Unit(),
        owner=_enclosing(machine, of),
        closure=of.closure,
    )


def _enclosing(machine: Machine, of: ClassValue) -> ClassValue | None:
    code = None if of.closure is None else of.closure.code
    qualname = of.qualname if code is None else of.qualname.removeprefix(f"{code.qualname}.")
    scope = Scope(module=of.module, unit=Unit(), closure=of.closure)
    owner: ClassValue | None = None
    for name in qualname.split(".")[:-1]:
        found = name_target(machine, scope, name)
        if not isinstance(found, ClassTarget):
            return owner
        owner = found.of
        scope = Scope(module=of.module, unit=scope.unit, owner=owner, closure=of.closure)
    return owner


def bases(machine: Machine, of: ClassValue, unit: Unit | None = None) -> Iterator[Base]:
    """The bases as written, in order."""
    scope = outside(machine, of, unit)
    for expression in of.definition.bases:
        yield _base(machine, scope, expression, ALIASES)


def _base(machine: Machine, scope: Scope, expression: facts.Expression, hops: int) -> Base:
    arguments: tuple[facts.Expression, ...] = ()
    while isinstance(expression, facts.Subscript):
        arguments = listed(expression.index)
        expression = expression.value
    if isinstance(expression, facts.Call):
        made = synthetic(machine, scope, expression, "")
        return Base(of=made, path="", arguments=(), scope=scope, is_missing=made is None)
    match target(machine, scope, expression):
        case ClassTarget(of=of):
            return Base(of=of, path="", arguments=arguments, scope=scope)
        case LibraryTarget(path=path):
            return Base(of=None, path=BASES.get(path, path), arguments=arguments, scope=scope)
        case AssignedTarget() as alias if hops:
            inner = scope.elsewhere(
                alias.module, expression.at, owner=alias.owner, closure=alias.closure
            )
            return _base(machine, inner, alias.expression, hops - 1)
        case _:
            return Base(of=None, path="", arguments=(), scope=scope, is_missing=True)


BASES = {
    "collections.namedtuple": "typing.NamedTuple",
    "msgspec.defstruct": "msgspec.Struct",
    "pydantic.create_model": "pydantic.BaseModel",
    "pydantic_settings.BaseSettings": "pydantic.BaseModel",
    "pydantic.GenericModel": "pydantic.BaseModel",
}
"""What makes a class in a call, by the base that the class would be written with."""


def listed(index: facts.Expression) -> tuple[facts.Expression, ...]:
    """The arguments between brackets."""
    if isinstance(index, facts.Sequence) and index.kind == "tuple":
        return index.elements
    return (index,)


def order(machine: Machine, of: ClassValue) -> tuple[ClassValue, ...]:
    """The class and those of the application above it, as attributes are looked up."""
    finished: list[ClassValue] = []
    seen: set[ClassValue] = {of}
    waiting: list[tuple[ClassValue, Iterator[ClassValue]]] = [(of, _above(machine, of))]
    while waiting:
        current, above = waiting[-1]
        following = next(above, None)
        if following is None:
            finished.append(current)
            waiting.pop()
        elif following not in seen:
            seen.add(following)
            waiting.append((following, _above(machine, following)))
    return tuple(reversed(finished))


def _above(machine: Machine, of: ClassValue) -> Iterator[ClassValue]:
    found = [base.of for base in bases(machine, of) if base.of is not None]
    return iter(found[::-1])


def library_bases(machine: Machine, of: ClassValue) -> tuple[frozenset[str], bool]:
    """The canonical names of the libraries' classes above, and whether any is not understood."""
    paths: set[str] = set()
    is_open = False
    for current in order(machine, of):
        for base in bases(machine, current):
            if base.path:
                paths.add(base.path)
            is_open = is_open or base.is_missing
    return frozenset(paths), is_open or not paths <= UNDERSTOOD


UNDERSTOOD = frozenset(
    {
        "abc.ABC",
        "dict",
        "enum.Enum",
        "enum.Flag",
        "enum.IntEnum",
        "enum.IntFlag",
        "enum.ReprEnum",
        "enum.StrEnum",
        "float",
        "frozenset",
        "int",
        "list",
        "msgspec.Struct",
        "object",
        "pydantic.BaseModel",
        "pydantic.RootModel",
        "set",
        "str",
        "tuple",
        "typing.Generic",
        "typing.NamedTuple",
        "typing.Protocol",
        "typing.TypedDict",
    }
)
"""Classes of libraries that add no field of their own."""

ALSO = {
    "enum.IntEnum": frozenset({"int"}),
    "enum.IntFlag": frozenset({"int"}),
    "enum.StrEnum": frozenset({"str"}),
}
"""What the members of these enums are besides."""


def class_type(machine: Machine, of: ClassValue, arguments: tuple[Type, ...] = ()) -> ClassType:
    """The class as a type, with all that is above it, once the machine has settled."""
    known = machine.class_types.get(of)
    if known is None:
        known = machine.class_types[of] = _class_type(machine, of)
    return replace(known, arguments=arguments) if arguments else known


def _class_type(machine: Machine, of: ClassValue) -> ClassType:
    paths, is_open = library_bases(machine, of)
    also = frozenset[str]().union(*(ALSO.get(path, frozenset[str]()) for path in paths))
    symbols = {current.symbol for current in order(machine, of) if current is not of}
    return ClassType(
        symbol=of.symbol,
        supertypes=frozenset(symbols | paths | also),
        is_open=is_open,
    )
