"""Which type may stand where another is expected."""

import pytest

from infragraph.model.types import (
    AnyType,
    ClassType,
    ContainerType,
    LiteralType,
    ScalarType,
    Type,
    UnionType,
    UnknownType,
    is_subtype,
)

STR, INT, FLOAT, BOOL, NONE = (
    ScalarType(name=name) for name in ("str", "int", "float", "bool", "None")
)
BASE = ClassType(symbol="shop.Base")
USER = ClassType(symbol="shop.User", supertypes=frozenset({"shop.Base"}))
OPEN = ClassType(symbol="shop.Open", is_open=True)
PROTOCOL = ClassType(symbol="shop.Named", supertypes=frozenset({"typing.Protocol"}))
DICT = ClassType(symbol="shop.Dict", supertypes=frozenset({"typing.TypedDict"}))
OTHER_DICT = ClassType(symbol="shop.Other", supertypes=frozenset({"typing.TypedDict"}))
ROW = ClassType(symbol="shop.Row", supertypes=frozenset({"typing.NamedTuple"}))
COLOR = ClassType(symbol="shop.Color", supertypes=frozenset({"enum.Enum", "str"}))
URL = ScalarType(name="pydantic.HttpUrl")


def page(of: Type) -> ClassType:
    return ClassType(symbol="shop.Page", arguments=(of,))


def many(of: Type) -> ContainerType:
    return ContainerType(kind="list", items=(of,))


def several(of: Type) -> ContainerType:
    return ContainerType(kind="sequence", items=(of,))


def one_of(*members: Type) -> UnionType:
    return UnionType(members=members)


YES: list[tuple[Type, Type]] = [
    (STR, STR),
    (BOOL, INT),
    (INT, FLOAT),
    (ScalarType(name="datetime.datetime"), ScalarType(name="datetime.date")),
    (STR, AnyType()),
    (AnyType(), USER),
    (UnknownType(reason=""), USER),
    (USER, UnknownType(reason="")),
    (USER, USER),
    (USER, BASE),
    (OPEN, BASE),
    (OPEN, STR),
    (USER, PROTOCOL),
    (STR, PROTOCOL),
    (DICT, OTHER_DICT),
    (DICT, ContainerType(kind="mapping", items=(STR, AnyType()))),
    (ROW, ContainerType(kind="tuple", items=(INT,))),
    (COLOR, STR),
    (USER, one_of(STR, USER)),
    (one_of(USER, BASE), BASE),
    (NONE, one_of(STR, NONE)),
    (many(USER), many(BASE)),
    (many(USER), several(BASE)),
    (STR, several(STR)),
    (page(USER), page(USER)),
    (page(USER), page(BASE)),
    (page(BASE), page(USER)),
    (page(USER), ClassType(symbol="shop.Page")),
    (LiteralType(value="a", of="str"), STR),
    (LiteralType(value="a", of="str"), LiteralType(value="a", of="str")),
    (STR, LiteralType(value="a", of="str")),
    (LiteralType(value="RED", of="shop.Color"), COLOR),
    (URL, STR),
]

NO: list[tuple[Type, Type]] = [
    (STR, INT),
    (INT, BOOL),
    (NONE, STR),
    (BASE, USER),
    (USER, STR),
    (STR, USER),
    (many(STR), USER),
    (USER, many(USER)),
    (USER, DICT),
    (one_of(USER, STR), USER),
    (USER, one_of(STR, INT)),
    (many(STR), many(INT)),
    (many(STR), ContainerType(kind="set", items=(STR,))),
    (ContainerType(kind="dict", items=(STR, INT)), many(STR)),
    (many(STR), STR),
    (page(STR), page(INT)),
    (page(STR), USER),
    (LiteralType(value="a", of="str"), LiteralType(value="b", of="str")),
    (LiteralType(value=1, of="int"), LiteralType(value=True, of="bool")),
    (LiteralType(value="a", of="str"), USER),
    (ClassType(symbol="shop.Plain"), several(STR)),
]


@pytest.mark.parametrize(("sub", "sup"), YES)
def test_type_that_fits_or_may_fit_is_a_subtype(sub: Type, sup: Type) -> None:
    assert is_subtype(sub, sup)


@pytest.mark.parametrize(("sub", "sup"), NO)
def test_type_that_surely_does_not_fit_is_none(sub: Type, sup: Type) -> None:
    assert not is_subtype(sub, sup)
