"""Classes of the application: their bases, their order of resolution, what they hold."""

from collections.abc import Iterator, Mapping

from infragraph.frontend.machine import Machine
from infragraph.frontend.values import (
    NOTHING,
    ClassValue,
    Container,
    ContainerKind,
    EnumBase,
    EnumMember,
    FunctionValue,
    Instance,
    LibraryValue,
    Place,
    Role,
    Values,
)
from infragraph.model import facts

ENUMS = frozenset(
    f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum")
)

CONTAINERS: Mapping[str, ContainerKind] = {
    "builtins.dict": "dict",
    "builtins.list": "list",
    "builtins.set": "set",
    "collections.OrderedDict": "dict",
    "collections.UserDict": "dict",
    "collections.UserList": "list",
    "collections.defaultdict": "dict",
    "collections.deque": "list",
    "types.SimpleNamespace": "namespace",
}
"""Base classes that make an object of the application a container."""


def bases(machine: Machine, of: ClassValue) -> tuple[Values, ...]:
    """The bases as written, in order."""
    return tuple(machine.read(("base", of, index)) for index in range(len(of.definition.bases)))


def resolution_order(machine: Machine, of: ClassValue) -> tuple[ClassValue, ...]:
    """The class and the classes of the application above it: depth first, a shared base last."""
    if not of.definition.bases:
        return (of,)
    finished: list[ClassValue] = []
    seen = {of}
    waiting = [(of, _above(machine, of))]
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
    """The bases, the last one first."""
    found = [value for base in bases(machine, of) for value in sorted_classes(base)]
    return iter(found[::-1])


def sorted_classes(values: Values) -> list[ClassValue]:
    return sorted(
        (value for value in values if isinstance(value, ClassValue)), key=lambda found: found.symbol
    )


def library_bases(machine: Machine, of: ClassValue) -> frozenset[str]:
    """The dotted names of all classes of libraries above a class."""
    return frozenset(
        value.path
        for current in resolution_order(machine, of)
        for base in bases(machine, current)
        for value in base
        if isinstance(value, LibraryValue)
    )


def member(machine: Machine, of: ClassValue, name: str) -> tuple[ClassValue, Values] | None:
    """The first class in the order of resolution that has `name`, and what it holds there."""
    for current in resolution_order(machine, of):
        found = own(machine, current, name)
        if found:
            return current, found
    return None


def own(machine: Machine, of: ClassValue, name: str) -> Values:
    return machine.read(("class", of, name)) or NOTHING


def after(
    machine: Machine, start: ClassValue, stop: ClassValue, name: str
) -> tuple[ClassValue, Values] | None:
    """What `super()` in `stop` finds for an object of class `start`."""
    order = resolution_order(machine, start)
    position = order.index(stop) + 1 if stop in order else 0
    for current in order[position:]:
        found = own(machine, current, name)
        if found:
            return current, found
    return None


def enum_base(machine: Machine, of: ClassValue) -> EnumBase | None:
    """`str-enum`, `str`, `int` or nothing for an enum's members; None for what is no enum."""
    above = library_bases(machine, of)
    if not above & ENUMS:
        return None
    if "enum.StrEnum" in above:
        return "str-enum"
    if "builtins.str" in above:
        return "str"
    if above & {"builtins.int", "enum.IntEnum", "enum.IntFlag"}:
        return "int"
    return ""


def enum_members(machine: Machine, of: ClassValue) -> Values:
    """The members of an enum, however they are bound in its body."""
    if enum_base(machine, of) is None:
        return NOTHING
    names = [
        target.id
        for statement in of.definition.body
        if isinstance(statement, facts.Assign)
        for target in statement.targets
        if isinstance(target, facts.Name)
    ]
    return frozenset(
        value for name in names for value in own(machine, of, name) if isinstance(value, EnumMember)
    )


def container_of(machine: Machine, value: Instance) -> Container | None:
    """The container that an object is, whose class derives from one."""
    for path in sorted(library_bases(machine, value.of)):
        kind = CONTAINERS.get(path)
        if kind is not None:
            place = value.place or Place(value.of.module.path, value.of.definition.name_at)
            return machine.container(kind, place, value.activation)
    return None


def in_role(machine: Machine, function: FunctionValue, role: Role) -> FunctionValue:
    """The same function as what a decorator makes of it, with its defaults and what it wraps."""
    changed = machine.function(function.code, function.closure, function.owner, role)
    for parameter in function.code.function.parameters:
        if parameter.default is not None:
            default = machine.read(("default", function, parameter.name))
            machine.write(("default", changed, parameter.name), default)
    machine.write(("wrapped", changed), machine.read(("wrapped", function)))
    return changed
