"""Readings: what one annotation turned out to say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from infragraph.frontend.types.schema import NEVER, NULL, Schema, any_of, takes_null
from infragraph.frontend.types.scope import Fault, Scope
from infragraph.frontend.values import ClassValue
from infragraph.model import facts
from infragraph.model.source import SourceSpan
from infragraph.model.types import NONE, AnyType, Type, UnionType, UnknownType

Marker: TypeAlias = Literal["attribute", "header", "cookie"]
Qualifier: TypeAlias = Literal["class-variable", "init-only", "final", "required", "not-required"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call in an annotation's metadata, or a field's value, by what it calls."""

    path: str
    call: facts.Call
    scope: Scope

    def argument(self, name: str) -> facts.Expression | None:
        return next((word.value for word in self.call.keywords if word.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A type with a definition of its own: a class with the arguments that make it one type.

    `of` is None for an alias that mentions itself, which is read where it is met.
    """

    name: str
    of: ClassValue | None
    arguments: tuple["Reading", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An annotation's type and schema.

    `members` are the classes that it is one of, empty where it may be anything else; `references`
    are all that it mentions. `may_be_unset` holds for a union with msgspec's UNSET, `metadata` are
    the calls in its `Annotated`.
    """

    type: Type
    schema: Schema
    is_scalar: bool = False
    is_scalar_list: bool = False
    marker: Marker | None = None
    qualifiers: frozenset[Qualifier] = frozenset()
    may_be_unset: bool = False
    metadata: tuple[Call, ...] = ()
    members: tuple[Named, ...] = ()
    references: tuple[Named, ...] = ()

    @property
    def is_null(self) -> bool:
        return self.schema == NULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A named type, read; `fields` and `attributes` are as in `TypeFacts`."""

    schema: Schema
    span: SourceSpan
    fields: Mapping[str, Type] = field(default_factory=dict[str, Type])
    is_complete: bool = True
    attributes: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    references: Mapping[str, tuple[Named, SourceSpan | None]] = field(
        default_factory=dict[str, tuple[Named, SourceSpan | None]]
    )


ANYTHING = Reading(type=AnyType(), schema={})
NOTHING = Reading(type=NONE, schema=NULL, is_scalar=True)


def unknown(reason: str) -> Reading:
    """What is left of a type that could not be read: everything fits it."""
    return Reading(type=UnknownType(reason=reason), schema={}, is_scalar=True)


def union(readings: Iterable[Reading]) -> Reading:
    """One of several; `None` and UNSET among them decide what is optional."""
    parts = list(readings)
    kept = [part for part in parts if part.schema != NEVER]
    present = [part for part in kept if not part.is_null]
    if not kept:
        return UNSET
    return Reading(
        type=_union_type([part.type for part in kept]),
        schema=any_of([part.schema for part in kept]),
        is_scalar=bool(present) and all(part.is_scalar for part in present),
        is_scalar_list=bool(present) and all(part.is_scalar_list for part in present),
        marker=next((part.marker for part in parts if part.marker is not None), None),
        qualifiers=frozenset[Qualifier]().union(*(part.qualifiers for part in parts)),
        may_be_unset=any(part.may_be_unset for part in parts),
        members=merged(part.members for part in present if all(p.members for p in present)),
        references=merged(part.references for part in kept),
    )


UNSET = Reading(type=UnknownType(reason="UNSET"), schema=NEVER, may_be_unset=True)
"""msgspec's mark of a field that is left out."""


def optional(reading: Reading) -> Reading:
    return reading if takes_null(reading.schema) else union((reading, NOTHING))


def _union_type(types: list[Type]) -> Type:
    flat: dict[Type, None] = {}
    for part in types:
        flat.update(dict.fromkeys(part.members if isinstance(part, UnionType) else (part,)))
    if len(flat) == 1:
        return next(iter(flat))
    return UnionType(members=tuple(flat))


def merged(groups: Iterable[tuple[Named, ...]]) -> tuple[Named, ...]:
    """Named types, each once, in order of mention."""
    found: dict[str, Named] = {}
    for group in groups:
        for named in group:
            found.setdefault(named.name, named)
    return tuple(found.values())


def qualified(reading: Reading, qualifier: Qualifier) -> Reading:
    return replace(reading, qualifiers=reading.qualifiers | {qualifier})
