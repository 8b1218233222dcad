"""What codecs encode fits the schema that was read from source."""

from collections.abc import Mapping
from functools import cache
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from infragraph.model.declaration import TypeFacts
from infragraph.model.graph import Property
from tests.frontend.types.declared import payload
from tests.frontend.types.values import encoded, executed, values

DEFINITIONS = {
    "dataclass": """
        @dataclass
        class Base:
            id: UUID

        @dataclass(frozen=True)
        class Plain:
            first: int
            constant: ClassVar[int] = 3
            passed: InitVar[int] = 4
            listed: list[str] = field(default_factory=list)
            apart: int = field(init=False, default=1)
            hidden: str = field(default="x", repr=False)
            later: int = field(init=False, repr=False)
            nothing: str = None

        @dataclass(kw_only=True)
        class Payload(Base):
            plain: Plain
            plains: dict[str, Plain] = field(default_factory=dict)
            _private: int = 1
            when: datetime | None = None
    """,
    "pydantic dataclass": """
        @pydantic.dataclasses.dataclass
        class Payload:
            name: str
            count: PositiveInt = 1
    """,
    "nested": """
        class Payload(msgspec.Struct):
            @dataclass
            class Inner:
                value: "Payload.Kind"

            class Kind(Enum):
                A = 3
                B = auto()

            inner: Inner
            others: list[Inner] = []
    """,
    "typed dict": """
        class Base(typing_extensions.TypedDict):
            id: int

        class Part(Base, total=False):
            name: str
            must: typing_extensions.Required[bool]

        class Payload(typing_extensions.TypedDict):
            part: Part
            maybe: typing_extensions.NotRequired[float]
            fixed: typing_extensions.ReadOnly[str]
    """,
    "functional typed dict": """
        Payload = typing_extensions.TypedDict(
            "Payload", {"a-b": int, "class": str}, total=False
        )
    """,
    "named tuple": """
        class Point(NamedTuple):
            x: int
            y: float = 0.0

        class Below(Point):
            pass

        Made = NamedTuple("Made", [("a", int), ("b", str)])
        Bare = collections.namedtuple("Bare", "a b")

        @dataclass
        class Payload:
            point: Point
            below: Below
            made: Made
            bare: Bare
    """,
    "struct": """
        class Base(msgspec.Struct, rename="camel", tag=True, kw_only=True):
            some_name: int
            other_name: str = "x"

        class Payload(Base, omit_defaults=True, forbid_unknown_fields=True):
            third_name: list[int] = []
            renamed: int = msgspec.field(name="else", default=2)
            unset: int | msgspec.UnsetType = msgspec.UNSET
            within: Annotated[int, Meta(ge=2, lt=9)] = 3
    """,
    "struct as array": """
        class Payload(msgspec.Struct, array_like=True, tag_field="kind", tag="p"):
            a: int
            b: str = "b"
            c: Annotated[list[int], Meta(min_length=1, max_length=3)] = msgspec.field(
                default_factory=lambda: [1]
            )
    """,
    "tagged union": """
        class Event(msgspec.Struct, tag_field="kind", tag=str.lower): ...

        class Created(Event):
            id: int

        class Removed(Event, tag=7):
            reason: str

        Payload = Created | Removed | None
    """,
    "renamed structs": """
        class Table(msgspec.Struct, rename={"a": "b"}):
            a: int
            c: int

        class Camel(msgspec.Struct, rename="camel"):
            some_name: int
            _private_name: int
            URL_of: int
            two__lines: int
            end_: int
            x1_2y: int

        class Pascal(msgspec.Struct, rename="pascal"):
            some_name: int
            _private_name: int
            URL_of: int
            aB: int

        class Kebab(msgspec.Struct, rename="kebab"):
            some_name: int
            _private_name: int
            two__lines: int

        class Upper(msgspec.Struct, rename="upper"):
            some_name: int

        class Lower(msgspec.Struct, rename=str.lower):
            URL_of: int

        @dataclass
        class Payload:
            table: Table
            camel: Camel
            pascal: Pascal
            kebab: Kebab
            upper: Upper
            lower: Lower
    """,
    "attrs": """
        @attrs.define
        class Base:
            a: int
            _private: int = 3
            with_alias: str = attrs.field(alias="other", default="x")

        @attrs.frozen(kw_only=True)
        class Payload(Base):
            b: list[int] = attrs.Factory(list)
            c: dict[str, int] = attrs.field(factory=dict)
            d: int = attrs.field(init=False, default=3)
    """,
    "old attrs": """
        @attr.s
        class Part(object):
            a = attr.ib(type=int)
            b = attr.ib(type=str, default="b")

        @attr.s(auto_attribs=True)
        class Payload:
            part: Part
            c: int = attr.ib(default=4)
    """,
    "model": """
        class Address(BaseModel):
            street: str = Field(min_length=2, max_length=5)
            number: Annotated[int, Field(gt=0, le=100)] = 4

        class Payload(BaseModel):
            model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

            home_address: Address
            others: list[Address] = Field(default_factory=list, max_length=2)
            old_name: str | None = Field(None, alias="ALIAS")
            written: int = Field(default=1, serialization_alias="as-written")
            blob: bytes = b""
            span: timedelta = timedelta(1)
            _private: int = 3
            fixed: ClassVar[int] = 3

            some_URL: int = 1
            _hidden: int = 2
            aB2c: int = 1

            @computed_field
            @property
            def doubled(self) -> int:
                return 2 * self.written
    """,
    "model of the old style": """
        class Payload(BaseModel, extra="allow"):
            a: conint(ge=3, multiple_of=3)
            b: conlist(int, min_length=1, max_length=2)
            c: Optional[constr(pattern="^[a-z]+$")] = None
            d: PositiveInt = 1

            @field_serializer("d")
            def as_text(self, value: int) -> str:
                return str(value)
    """,
    "model that writes itself": """
        class Payload(BaseModel):
            a: int

            @model_serializer
            def write(self) -> str:
                return "a"
    """,
    "generic model": """
        T = TypeVar("T")

        class Page(BaseModel, Generic[T]):
            items: list[T]
            following: "Page[T] | None" = None

        class Payload(BaseModel):
            page: Page[int]
            pages: Page[Page[str]]
    """,
    "root model": """
        class Names(RootModel[list[str]]):
            pass

        class Table(RootModel):
            root: dict[str, int]

        class Payload(BaseModel):
            names: Names
            table: Table
            counts: RootModel[dict[str, int]]
            raw: RootModel[bytes]
    """,
    "generic": """
        T = TypeVar("T")
        S = TypeVar("S", bound=str)

        @dataclass
        class Pair(Generic[T, S]):
            first: T
            second: S

        @dataclass
        class Swapped(Pair[list[T], S]):
            third: T

        @dataclass
        class Payload:
            one: Pair[int, str]
            two: Swapped[UUID, str]
            bare: Pair
    """,
    "recursive": """
        @dataclass
        class Payload:
            name: str
            children: list[Payload] = field(default_factory=list)
            parent: Payload | None = None
    """,
    "enums": """
        class Text(str, Enum):
            A = "a"
            B = "b"

        class Name(StrEnum):
            FIRST = auto()
            SECOND = "second"

        class Number(IntEnum):
            ONE = 1
            TWO = auto()
            UNO = ONE

        class Mixed(Enum):
            A = 1
            B = "b"
            C = 1.5
            D = None
            E = (1, 2)

        class Bits(Flag):
            X = auto()
            Y = auto()

        class Labelled(Enum):
            def __init__(self, number, label):
                self._value_ = number
            A = (1, "one")

        Made = Enum("Made", "RED GREEN")
        Listed = Enum("Listed", [("RED", "r"), ("GREEN", "g")])

        @dataclass
        class Payload:
            text: Text
            name: Name
            number: Number
            mixed: Mixed
            bits: Bits
            labelled: Labelled
            made: Made
            listed: Listed
            by_name: dict[Name, int]
            literal: Literal[Text.A, "x", 3]
    """,
    "containers": """
        Id = NewType("Id", int)
        Ids: TypeAlias = list[Id]

        @dataclass
        class Payload:
            ids: Ids
            row: tuple[int, str, bool]
            many: tuple[float, ...]
            names: set[str]
            frozen: frozenset[int]
            table: dict[int, list[Decimal]]
            by_day: Mapping[date, time]
            last: deque[int]
            counts: collections.Counter[str]
            usual: defaultdict[str, int]
            path: Path
            address: ipaddress.IPv4Address | ipaddress.IPv6Address
            anything: Any
            something: object
            span: timedelta
            blob: bytes
            attribute: Attribute[str]
    """,
    "made": """
        Inner = dataclasses.make_dataclass("Inner", [("a", int), ("b", str, "x")])
        Struct = msgspec.defstruct("Struct", [("a", int), ("b", str, "x")], rename="upper")
        Model = pydantic.create_model("Model", a=(int, ...), b=(str, "x"))

        @dataclass
        class Payload:
            inner: Inner
            struct: Struct
            model: Model
    """,
    "decorators of the application": """
        event = functools.partial(dataclass, frozen=True)

        def entity(cls):
            return dataclass(cls)

        @event
        class Inner:
            a: int

        @entity
        class Payload:
            inner: Inner
    """,
}

PRELUDE = dedent(
    """
    from __future__ import annotations
    import collections, dataclasses, functools, ipaddress, typing_extensions
    from collections import defaultdict, deque
    from collections.abc import Mapping
    from dataclasses import InitVar, dataclass, field
    from datetime import date, datetime, time, timedelta
    from decimal import Decimal
    from enum import Enum, Flag, IntEnum, StrEnum, auto
    from pathlib import Path
    from typing import (
        Annotated, Any, ClassVar, Generic, Literal, NamedTuple, NewType, Optional, TypeAlias,
        TypeVar,
    )
    from uuid import UUID
    import attr, attrs, msgspec, pydantic, pydantic.dataclasses
    from infragraph import Attribute, Topic
    from msgspec import Meta
    from pydantic import (
        BaseModel, ConfigDict, Field, PositiveInt, RootModel, computed_field, conint, conlist,
        constr, field_serializer, model_serializer,
    )
    from pydantic.alias_generators import to_camel
    """
)

TOPIC = '\ntopic = Topic["Payload"]("things")\n'


def program(definitions: str) -> str:
    return f"{PRELUDE}{dedent(definitions)}{TOPIC}"


# These demand an offset from UTC wherever a package that knows RFC 3339 is installed; what pydantic
# and msgspec encode has none where the value has none, and is called by these words all the same.
OFFSET_DEMANDED = {"date-time", "time"}
FORMATS = FormatChecker(set(Draft202012Validator.FORMAT_CHECKER.checkers) - OFFSET_DEMANDED)


def validator(facts: TypeFacts) -> Any:
    """The schema as a document of its own, definitions where references look for them.

    No object may have a member that its definition does not name, so that a wrong name shows.
    """
    closed = {name: _closed(schema) for name, schema in facts.definitions.items()}
    document = {**facts.schema, "payloads": closed}
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document, format_checker=FORMATS)


def _closed(schema: Mapping[str, Property]) -> Mapping[str, Property]:
    return {**schema, "additionalProperties": False} if "properties" in schema else schema


@cache
def read(name: str) -> tuple[TypeFacts, Any, Any]:
    """What a definition's source says, its schema, and a strategy for its values."""
    source = program(DEFINITIONS[name])
    facts = payload(source)
    return facts, validator(facts), values(executed(source).Payload)


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", DEFINITIONS)
@QUICK
@given(data=st.data())
def test_what_is_encoded_fits_the_schema(name: str, data: st.DataObject) -> None:
    facts, schema, strategy = read(name)

    written = encoded(data.draw(strategy))

    assert facts.faults == ()
    schema.validate(written)


@pytest.mark.parametrize("name", DEFINITIONS)
@QUICK
@given(data=st.data())
def test_what_misses_a_required_member_does_not_fit(name: str, data: st.DataObject) -> None:
    facts, schema, strategy = read(name)
    required = facts.definitions.get("shop.Payload", {}).get("required")

    written = encoded(data.draw(strategy))

    if isinstance(written, dict) and isinstance(required, list):
        for key in required:
            less = {name: value for name, value in written.items() if name != key}
            assert not schema.is_valid(less), key
