"""Types of values, and which may stand where another is expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassType:
    """A class by its dotted symbol, with everything above it.

    `supertypes` are the symbols of all classes above it, those of libraries included; it `is_open`
    where one of them was not read, so that any other may be among them.
    """

    symbol: str
    arguments: tuple["Type", ...] = ()
    supertypes: frozenset[str] = frozenset()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalarType:
    """A type without parts, by its dotted name; built-in ones bare (`str`, `None`)."""

    name: str


ContainerKind: TypeAlias = Literal[
    "list", "tuple", "fixed-tuple", "set", "frozenset", "dict", "sequence", "mapping"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerType:
    """A container and what it holds: `list[X]`, `tuple[X, ...]` one type, `dict[K, V]` two.

    A `fixed-tuple` holds exactly its items; a `sequence` is anything that gives them one by one.
    Another without items holds what is not known.
    """

    kind: ContainerKind
    items: tuple["Type", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionType:
    """One of several types, none of which is a union."""

    members: tuple["Type", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralType:
    """One constant; `of` names its type, an enum by its symbol, and keeps `1` and `True` apart."""

    value: str | int | bool | None
    of: str


@dataclass(frozen=True, slots=True)
class AnyType:
    """`Any` and `object`: every value fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownType:
    """A type that could not be read; nothing is held against it."""

    reason: str


Type: TypeAlias = (
    ClassType | ScalarType | ContainerType | UnionType | LiteralType | AnyType | UnknownType
)

NONE = ScalarType(name="None")


def is_subtype(sub: Type, sup: Type) -> bool:  # noqa: C901, PLR0911 - a line per pair of forms
    """Whether a value of type `sub` may stand for one of `sup`; true wherever that is not sure."""
    if isinstance(sub, AnyType | UnknownType) or isinstance(sup, AnyType | UnknownType):
        return True
    if isinstance(sub, UnionType):
        return all(is_subtype(member, sup) for member in sub.members)
    if isinstance(sup, UnionType):
        return any(is_subtype(sub, member) for member in sup.members)
    if isinstance(sub, LiteralType):
        return _is_literal_subtype(sub, sup)
    if isinstance(sup, LiteralType):
        return True  # All literals together may be the whole type, as those of bool and of an enum.
    if isinstance(sub, ClassType):
        return _is_subclass(sub, sup) if isinstance(sup, ClassType) else _is_also(sub, sup)
    if isinstance(sup, ClassType):
        return PROTOCOL in sup.supertypes or (
            isinstance(sub, ContainerType) and bool(sup.supertypes & STRUCTURAL)
        )
    if isinstance(sup, ScalarType):
        if isinstance(sub, ContainerType):
            return sup.name not in DISTINCT
        return _is_scalar_subtype(sub.name, sup.name)
    if isinstance(sub, ScalarType):
        return sup.kind == "sequence" or sub.name not in DISTINCT
    return _is_container_subtype(sub, sup)


def members(written: Type) -> tuple[Type, ...]:
    """What a value of the type may be, one after the other."""
    return written.members if isinstance(written, UnionType) else (written,)


PROTOCOL = "typing.Protocol"

STRUCTURAL = frozenset({"typing.TypedDict", "typing.NamedTuple"})
"""Classes whose objects are plain dicts and tuples when the program runs."""

DISTINCT = frozenset(
    {
        "None",
        "bool",
        "bytes",
        "complex",
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "decimal.Decimal",
        "float",
        "int",
        "pathlib.Path",
        "str",
        "uuid.UUID",
    }
)
"""Scalars of which none is another, but for those below; of any other name nothing is sure."""

WIDENED: Mapping[str, frozenset[str]] = {
    "bool": frozenset({"int", "float", "complex"}),
    "int": frozenset({"float", "complex"}),
    "float": frozenset({"complex"}),
    "datetime.datetime": frozenset({"datetime.date"}),
}
"""What a type checker lets stand for another: the numbers, and a moment for its day."""


def type_name(written: Type) -> str:
    """A type as a message writes it, a class by its own name."""
    match written:
        case ClassType() | ScalarType():
            return _named(written)
        case ContainerType():
            return _container_name(written)
        case UnionType():
            return " | ".join(type_name(member) for member in written.members)
        case LiteralType():
            return f"Literal[{written.value!r}]"
        case AnyType():
            return "Any"
        case UnknownType():
            return "a type that is not known"


def _named(written: ClassType | ScalarType) -> str:
    if isinstance(written, ScalarType):
        return written.name.rpartition(".")[2]
    name = written.symbol.rpartition(".")[2]
    arguments = ", ".join(type_name(argument) for argument in written.arguments)
    return f"{name}[{arguments}]" if arguments else name


def _container_name(written: ContainerType) -> str:
    items = ", ".join(type_name(item) for item in written.items)
    if not items and written.kind != "fixed-tuple":
        return written.kind
    match written.kind:
        case "tuple":
            return f"tuple[{items}, ...]"
        case "fixed-tuple":
            return f"tuple[{items or '()'}]"
        case "sequence" | "mapping":
            return f"{written.kind.title()}[{items}]"
        case _:
            return f"{written.kind}[{items}]"


def _is_literal_subtype(
    sub: LiteralType, sup: ClassType | ScalarType | ContainerType | LiteralType
) -> bool:
    if isinstance(sup, LiteralType):
        return (sub.value, sub.of) == (sup.value, sup.of)
    is_member = "." in sub.of
    return is_member or is_subtype(ScalarType(name=sub.of), sup)


def _is_scalar_subtype(sub: str, sup: str) -> bool:
    if sub == sup or not {sub, sup} <= DISTINCT:
        return True
    return sup in WIDENED.get(sub, frozenset[str]())


def _is_container_subtype(sub: ContainerType, sup: ContainerType) -> bool:
    if sup.kind not in FITS[sub.kind]:
        return False
    if sup.kind == "fixed-tuple" and sub.kind == "fixed-tuple":
        return len(sub.items) == len(sup.items) and all(
            is_subtype(mine, theirs) for mine, theirs in zip(sub.items, sup.items, strict=True)
        )
    if sup.kind in {"dict", "mapping"}:
        pairs = zip(sub.items, sup.items, strict=False)
        return all(is_subtype(mine, theirs) for mine, theirs in pairs)
    if sub.kind in {"dict", "mapping"} or not sup.items:
        return True
    return all(is_subtype(mine, sup.items[0]) for mine in sub.items)


FITS: Mapping[ContainerKind, frozenset[ContainerKind]] = {
    "list": frozenset({"list", "sequence"}),
    "tuple": frozenset({"tuple", "fixed-tuple", "sequence"}),
    "fixed-tuple": frozenset({"tuple", "fixed-tuple", "sequence"}),
    "set": frozenset({"set", "sequence"}),
    "frozenset": frozenset({"frozenset", "sequence"}),
    "dict": frozenset({"dict", "mapping", "sequence"}),
    # What is called a sequence or a mapping may be any of its kind.
    "sequence": frozenset({"list", "tuple", "fixed-tuple", "set", "frozenset", "sequence"}),
    "mapping": frozenset({"dict", "mapping", "sequence"}),
}


def _is_subclass(sub: ClassType, sup: ClassType) -> bool:
    if sub.symbol == sup.symbol:
        # Whether a parameter varies is not known: arguments that are related either way may fit.
        return len(sub.arguments) != len(sup.arguments) or all(
            is_subtype(mine, theirs) or is_subtype(theirs, mine)
            for mine, theirs in zip(sub.arguments, sup.arguments, strict=True)
        )
    return (
        sup.symbol in sub.supertypes
        or sub.is_open
        or PROTOCOL in sup.supertypes
        or bool(sub.supertypes & sup.supertypes & STRUCTURAL)
    )


def _is_also(sub: ClassType, sup: ScalarType | ContainerType) -> bool:
    """Whether an object may also be a scalar or container: a str enum is, a dataclass is not."""
    if sub.is_open:
        return True
    if isinstance(sup, ContainerType):
        return bool(sub.supertypes & STRUCTURAL) or any(
            name.removeprefix("builtins.") in FITS for name in sub.supertypes
        )
    return sup.name not in DISTINCT or any(
        name in DISTINCT and _is_scalar_subtype(name, sup.name)
        for name in (symbol.removeprefix("builtins.") for symbol in sub.supertypes)
    )
