from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

import attrs
import msgspec
import pydantic
import pytest

from infragraph.runtime.codec import DecodeError, EncodeError, codec
from infragraph.runtime.payload_types import attributes
from infragraph.sdk.markers import Attribute


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class User:
    id: UUID
    country: Attribute[str]
    colour: Attribute[Colour | None] = None
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Left:
    id: UUID


class Model(pydantic.BaseModel):
    age: int
    city: Attribute[str] = "Delft"


class Entries(TypedDict):
    age: int
    city: Attribute[str]


class Pair(NamedTuple):
    first: int
    second: str


class Struct(msgspec.Struct):
    age: int


@attrs.define
class Attrs:
    age: int


@dataclass(frozen=True)
class Around:
    model: Model
    models: list[Model]


@dataclass(frozen=True)
class Either:
    one: User | Left


class Odd(msgspec.Struct):
    one: User | Left


ID = UUID(int=7)


@pytest.mark.parametrize(
    ("payload", "value"),
    [
        (User, User(ID, "NL", Colour.RED)),
        (Model, Model(age=3)),
        (Entries, Entries(age=3, city="Delft")),
        (Pair, Pair(1, "b")),
        (Struct, Struct(3)),
        (Attrs, Attrs(3)),
        (Around, Around(Model(age=1), [Model(age=2)])),
        (list[User], [User(ID, "NL")]),
        (dict[str, int], {"a": 1}),
        (int, 3),
        (User | Left, Left(ID)),
        (User | Left, User(ID, "BE")),
        (Left | Entries, Entries(age=3, city="Delft")),
        (Left | None, None),
        (Either, Either(User(ID, "NL"))),
    ],
)
def test_what_is_encoded_decodes_to_the_same(payload: Any, value: object) -> None:
    used = codec(payload)
    assert used.decode(used.encode(value), used.type_of(value)) == value


@pytest.mark.parametrize(
    ("payload", "body", "field"),
    [
        (User, b'{"id": "x", "country": "NL"}', "$.id"),
        (Model, b'{"age": "x"}', "$.age"),
        (Around, b'{"model": {"age": 1}, "models": [{"age": "x"}]}', "$.models[0]"),
        (User, b"{", "$"),
        (str, b'"\xff"', "$"),
    ],
)
def test_a_body_that_does_not_fit_says_where(payload: Any, body: bytes, field: str) -> None:
    with pytest.raises(DecodeError) as raised:
        codec(payload).decode(body, "")
    assert raised.value.field == field


def test_an_unknown_field_is_ignored() -> None:
    assert codec(Left).decode(b'{"id": "%s", "new": 1}' % str(ID).encode(), "") == Left(ID)


def test_a_foreign_member_of_a_union_is_the_one_that_fits() -> None:
    body = codec(User).encode(User(ID, "NL"))
    assert codec(User | Model).decode(body, "") == User(ID, "NL")
    with pytest.raises(DecodeError, match="its type is not named, and 2 members"):
        codec(User | Left).decode(body, "")


def test_members_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(TypeError, match="cannot be told apart"):
        codec(list[int] | list[str])


def test_what_nobody_can_carry_is_refused() -> None:
    with pytest.raises(TypeError, match="Odd cannot be carried: Type unions may not contain"):
        codec(Odd)


def test_attributes_travel_as_texts_and_none_does_not() -> None:
    assert attributes(User, User(ID, "NL")) == {"country": "NL"}
    assert attributes(User | Left, User(ID, "NL", Colour.RED)) == {"country": "NL", "colour": "red"}
    assert attributes(User | Left, Left(ID)) == {}
    assert attributes(Entries, Entries(age=1, city="Delft")) == {"city": "Delft"}
    assert attributes(Model, Model(age=1)) == {"city": "Delft"}
    assert attributes(int, 3) == {}


class Weighed(pydantic.BaseModel):
    weight: float | None


class Worded(pydantic.BaseModel, ser_json_inf_nan="strings"):
    weight: float


class Constant(pydantic.BaseModel, ser_json_inf_nan="constants"):
    weight: float


@dataclass(frozen=True)
class Crate:
    first: Weighed
    others: dict[str, list[float | None]]


NAN, INFINITY = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("payload", "value", "where"),
    [
        (float, NAN, "$: nan"),
        (Weighed, Weighed(weight=-INFINITY), "$.weight: -inf"),
        (Constant, Constant(weight=INFINITY), "$.weight: inf"),
        (Crate, Crate(Weighed(weight=None), {"a": [None, INFINITY]}), "$.others.a[1]: inf"),
        (Crate, Crate(Weighed(weight=NAN), {}), "$.weight: nan"),
        (Weighed | Left, Weighed(weight=NAN), "$.weight: nan"),
    ],
)
def test_a_number_that_json_has_not_is_refused(payload: Any, value: object, where: str) -> None:
    with pytest.raises(EncodeError) as raised:
        codec(payload).encode(value)
    assert str(raised.value) == f"{where} cannot be written as JSON"


@pytest.mark.parametrize(
    ("payload", "value", "body"),
    [
        (str, "null NaN", b'"null NaN"'),
        (Weighed, Weighed(weight=None), b'{"weight":null}'),
        (Worded, Worded(weight=INFINITY), b'{"weight":"Infinity"}'),
    ],
)
def test_what_only_looks_like_one_is_written(payload: Any, value: object, body: bytes) -> None:
    assert codec(payload).encode(value) == body


@dataclass(frozen=True)
class Item:
    name: str
    count: int = 1
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Basket:
    items: list[Item]
    by_name: dict[str, tuple[Item, ...]]
    inner: "Basket | None" = None


class Shelf(msgspec.Struct):
    item: Item
    model: Model


@pytest.mark.parametrize(
    ("payload", "body", "again"),
    [
        (Item, b'{"name":"a"}', b'{"name":"a","count":1,"note":null}'),
        (Item | None, b'{"name":"a"}', b'{"name":"a","count":1,"note":null}'),
        (list[Item], b'[{"name":"a","note":"b"}]', b'[{"name":"a","count":1,"note":"b"}]'),
        (
            Basket,
            (
                b'{"items":[{"name":"a"}],"by_name":{"b":[{"name":"b"}]},'
                b'"inner":{"items":[{"name":"c"}],"by_name":{}}}'
            ),
            (
                b'{"items":[{"name":"a","count":1,"note":null}],'
                b'"by_name":{"b":[{"name":"b","count":1,"note":null}]},'
                b'"inner":{"items":[{"name":"c","count":1,"note":null}],"by_name":{},"inner":null}}'
            ),
        ),
        (
            Shelf,
            b'{"item":{"name":"a"},"model":{"age":1}}',
            b'{"item":{"name":"a","count":1,"note":null},"model":{"age":1,"city":"Delft"}}',
        ),
    ],
)
def test_what_comes_in_goes_out_with_its_defaults(payload: Any, body: bytes, again: bytes) -> None:
    used = codec(payload)
    assert used.encode(used.decode(body, "")) == again
