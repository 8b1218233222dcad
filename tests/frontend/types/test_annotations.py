"""What an annotation says, form by form."""

import pytest

from infragraph.model.graph import Property
from tests.frontend.types.declared import faults, payload

ANNOTATIONS: list[tuple[str, Property]] = [
    ("str", {"type": "string"}),
    ("int", {"type": "integer"}),
    ("float", {"type": "number"}),
    ("bool", {"type": "boolean"}),
    ("None", {"type": "null"}),
    ("Any", {}),
    ("object", {}),
    ("bytes", {"type": "string", "contentEncoding": "base64"}),
    ("Decimal", {"type": "string", "format": "decimal"}),
    ("UUID", {"type": "string", "format": "uuid"}),
    ("datetime", {"type": "string", "format": "date-time"}),
    ("date", {"type": "string", "format": "date"}),
    ("time", {"type": "string", "format": "time"}),
    ("timedelta", {"type": "string", "format": "duration"}),
    ("Path", {"type": "string", "format": "path"}),
    ("ipaddress.IPv4Address", {"type": "string", "format": "ipv4"}),
    ("list[int]", {"type": "array", "items": {"type": "integer"}}),
    ("list", {"type": "array"}),
    ("typing.List[int]", {"type": "array", "items": {"type": "integer"}}),
    ("Sequence[str]", {"type": "array", "items": {"type": "string"}}),
    ("Iterable[str]", {"type": "array", "items": {"type": "string"}}),
    ("deque[str]", {"type": "array", "items": {"type": "string"}}),
    ("set[str]", {"type": "array", "items": {"type": "string"}, "uniqueItems": True}),
    ("frozenset[int]", {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}),
    ("tuple[int, ...]", {"type": "array", "items": {"type": "integer"}}),
    ("tuple[()]", {"type": "array", "maxItems": 0}),
    (
        "tuple[int, str]",
        {
            "type": "array",
            "prefixItems": [{"type": "integer"}, {"type": "string"}],
            "items": False,
            "minItems": 2,
            "maxItems": 2,
        },
    ),
    ("dict[str, int]", {"type": "object", "additionalProperties": {"type": "integer"}}),
    ("dict[str, Any]", {"type": "object"}),
    ("dict", {"type": "object"}),
    (
        "Mapping[UUID, int]",
        {
            "type": "object",
            "propertyNames": {"type": "string", "format": "uuid"},
            "additionalProperties": {"type": "integer"},
        },
    ),
    (
        "dict[int, str]",
        {
            "type": "object",
            "propertyNames": {"pattern": "^-?[0-9]+$"},
            "additionalProperties": {"type": "string"},
        },
    ),
    ("Counter[str]", {"type": "object", "additionalProperties": {"type": "integer"}}),
    ("defaultdict[str, bool]", {"type": "object", "additionalProperties": {"type": "boolean"}}),
    ("int | None", {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    ("Optional[int]", {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    ("Union[int, str, int]", {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    ("int | (str | None)", {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]}),
    ("int | Any", {}),
    ('"int"', {"type": "integer"}),
    (
        'list["int | None"]',
        {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
    ),
    ('Literal["a", "b"]', {"type": "string", "enum": ["a", "b"]}),
    ("Literal[1, -2]", {"type": "integer", "enum": [1, -2]}),
    ("Literal[True]", {"type": "boolean", "enum": [True]}),
    ('Literal["a", 1, None]', {"enum": ["a", 1, None]}),
    (
        'Literal[Literal["a"], Color.RED]',
        {"anyOf": [{"type": "string", "enum": ["red"]}, {"type": "string", "enum": ["a"]}]},
    ),
    ("Final[int]", {"type": "integer"}),
    ("Annotated[int, 'whatever']", {"type": "integer"}),
    (
        "Annotated[int, Meta(gt=0, le=LIMIT)]",
        {"type": "integer", "exclusiveMinimum": 0, "maximum": 20},
    ),
    (
        "Annotated[str, Meta(min_length=1, pattern='^a', description='a name')]",
        {"type": "string", "minLength": 1, "pattern": "^a", "description": "a name"},
    ),
    (
        "Annotated[list[int], Field(max_length=3)]",
        {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
    ),
    (
        "Annotated[int | None, Ge(3)]",
        {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "null"}]},
    ),
    ("conint(gt=0, multiple_of=2)", {"type": "integer", "exclusiveMinimum": 0, "multipleOf": 2}),
    ("constr(max_length=5)", {"type": "string", "maxLength": 5}),
    ("conlist(int, min_length=1)", {"type": "array", "items": {"type": "integer"}, "minItems": 1}),
    ("PositiveInt", {"type": "integer", "exclusiveMinimum": 0}),
    ("EmailStr", {"type": "string", "format": "email"}),
    ("HttpUrl", {"type": "string", "format": "uri"}),
    ("SecretStr", {"type": "string", "format": "password"}),
    ("UserId", {"type": "integer"}),
    ("Names", {"type": "array", "items": {"type": "string"}}),
    ("Quoted", {"type": "array", "items": {"type": "integer"}}),
    (
        "Pair[int]",
        {
            "type": "array",
            "prefixItems": [{"type": "integer"}, {"type": "integer"}],
            "items": False,
            "minItems": 2,
            "maxItems": 2,
        },
    ),
    ("Statement", {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    ("Listed[str]", {"type": "array", "items": {"type": "string"}}),
    ("Made", {"type": "array", "items": {"type": "string"}}),
    ("Bounded", {"type": "integer"}),
    ("RootModel[list[int]]", {"type": "array", "items": {"type": "integer"}}),
    ("RootModel[bytes]", {"type": "string", "format": "binary"}),
    ("Attribute[str]", {"type": "string"}),
    ("Message[int]", {"type": "integer"}),
    ("Tags", {"type": "array", "items": {"type": "string"}}),
    ("shop.UserId", {"type": "integer"}),
]


@pytest.mark.parametrize(("annotation", "schema"), ANNOTATIONS, ids=[a for a, _ in ANNOTATIONS])
def test_annotation_has_this_schema(annotation: str, schema: Property) -> None:
    facts = payload(f"{PRELUDE}\ntopic = Topic[{annotation}]('things')\n")

    assert (facts.schema, facts.faults) == (schema, ())


PRELUDE = """
import ipaddress
import typing
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NewType, Optional, TypeAlias, TypeVar, Union
from uuid import UUID

import shop
from annotated_types import Ge
from infragraph import Attribute, Message, Topic
from msgspec import Meta
from pydantic import EmailStr, Field, HttpUrl, PositiveInt, RootModel, SecretStr
from pydantic import conint, conlist, constr
from typing_extensions import TypeAliasType

LIMIT = 2 * 10
T = TypeVar("T")
Bounded = TypeVar("Bounded", bound=int)
UserId = NewType("UserId", int)
Names = list[str]
Quoted: TypeAlias = "list[int]"
Pair = tuple[T, T]
Made = TypeAliasType("Made", list[str])
type Statement = int | str
type Listed[X] = list[X]


class Tags(list[str]): ...


class Color(Enum):
    RED = "red"
"""


REFUSED = [
    ("Callable[[int], str]", "unsupported", "Callable[[int], str]", "a callable cannot be sent"),
    ("Iterator[int]", "unsupported", "Iterator[int]", "it is run, not sent"),
    ("Lock", "unsupported", "Lock", "'threading.Lock' of the standard library is not data"),
    ("complex", "unsupported", "complex", "'complex' is not data"),
    ("Plain", "unsupported", "Plain", "it is a plain class, which does not say what it holds"),
    ("Id", "unsupported", "Id", "a subclass of 'str' cannot be told from it once encoded"),
    (
        "list[Plain]",
        "unsupported",
        "Plain",
        "it is a plain class, which does not say what it holds",
    ),
    (
        "T",
        "unsupported",
        "T",
        "'T' is a type variable, and nothing says what it stands for",
    ),
    (
        "list[T]",
        "unsupported",
        "list[T]",
        "'T' is a type variable, and nothing says what it stands for",
    ),
    ("RootModel", "unsupported", "RootModel", "it does not say what it holds"),
    ("helper", "unsupported", "helper", "it is a function, not a type"),
    ("typing", "unsupported", "typing", "'typing' is not data"),
    ("made", "unsupported", "made", "it is the result of a call, not a type"),
    ("5", "unsupported", "5", "this is no type"),
    ("'1 +'", "unsupported", "'1 +'", "this text is no type"),
    (
        "dict[tuple[int, int], str]",
        "unsupported",
        "dict[tuple[int, int], str]",
        "its keys have no form as texts, which JSON demands",
    ),
    ("Nowhere", "not-found", "Nowhere", "'Nowhere' is not defined in 'shop'"),
    (
        "Order",
        "not-found",
        "Order",
        "it comes from 'contracts', whose source was not read",
    ),
    (
        "Row",
        "not-found",
        "Row",
        "its base class 'sqlmodel.SQLModel' belongs to 'sqlmodel', whose source was not read",
    ),
    ("Later", "type-checking-only", "Later", "it is imported only under TYPE_CHECKING"),
    ("Missing", "not-found", "Missing", "'Missing' is not defined in 'other'"),
]


@pytest.mark.parametrize(
    ("annotation", "kind", "name", "detail"), REFUSED, ids=[case[0] for case in REFUSED]
)
def test_type_that_cannot_be_read_is_a_fault_at_its_innermost_place(
    annotation: str, kind: str, name: str, detail: str
) -> None:
    line = f"topic = Topic[{annotation}]('things')"
    facts = payload({"shop.py": f"{REFUSING}\n{line}\n", "other.py": "class Later: ...\n"})

    found = [(fault.kind, fault.name, fault.detail) for fault in facts.faults]
    assert found == [(kind, name, detail)]
    place = facts.faults[0].span
    assert (place.path, line[place.column - 1 : place.end_column - 1]) == ("shop.py", name)


REFUSING = """
from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from contracts.orders import Order
from infragraph import Topic
from other import Missing
from pydantic import RootModel
from sqlmodel import SQLModel

if TYPE_CHECKING:
    from other import Later


class Plain: ...


class Id(str): ...


class Row(SQLModel): ...


def helper() -> None: ...


made = helper()
T = TypeVar("T")
"""


def test_fault_stands_at_the_innermost_expression() -> None:
    facts = payload(
        """\
        from dataclasses import dataclass
        from threading import Lock
        from infragraph import Topic

        @dataclass
        class Order:
            id: str
            locks: dict[str, list[Lock]]

        topic = Topic[Order]("orders")
        """
    )

    assert faults(facts) == [("unsupported", "Lock", "shop.py:8:27")]
