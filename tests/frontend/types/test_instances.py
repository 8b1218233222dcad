"""Types of values that the machine follows, and of messages."""

from datetime import timedelta

import pytest

from infragraph.frontend.types import instance_type, message_type, type_facts
from infragraph.frontend.values import (
    ClassValue,
    ConstantValue,
    EnumMember,
    Instance,
    Opaque,
    TypeArgument,
    Value,
    literal,
)
from infragraph.model import facts
from infragraph.model.types import NONE, ClassType, LiteralType, ScalarType, Type
from tests.frontend.types.declared import settled

SOURCE = """\
from dataclasses import dataclass
from enum import StrEnum
from infragraph import Message

class Base: ...

@dataclass
class User(Base): ...

class Made(type): ...

class Odd(metaclass=Made): ...

class Other:
    def __new__(cls): return User()

class Color(StrEnum):
    RED = "red"

Received = Message[User]
"""
MACHINE = settled(SOURCE)


def of(name: str) -> ClassValue:
    (found,) = MACHINE.read(("global", "shop", name))
    assert isinstance(found, ClassValue)
    return found


USER = ClassType(symbol="shop.User", supertypes=frozenset({"shop.Base"}))
COLOR = ClassType(symbol="shop.Color", supertypes=frozenset({"enum.StrEnum", "str"}))

VALUES: list[tuple[Value, Type | None]] = [
    (Instance(of("User"), None, None), USER),
    (Instance(of("Odd"), None, None), None),
    (Instance(of("Other"), None, None), None),
    (EnumMember(of("Color"), "RED", ConstantValue("red", "str"), "str-enum"), COLOR),
    (literal("a"), LiteralType(value="a", of="str")),
    (literal(True), LiteralType(value=True, of="bool")),  # noqa: FBT003 - a constant of source
    (literal(1.5), ScalarType(name="float")),
    (literal(None), NONE),
    (literal(timedelta(1)), ScalarType(name="datetime.timedelta")),
    (Opaque("who knows"), None),
]


@pytest.mark.parametrize(("value", "kind"), VALUES)
def test_value_has_this_type_or_none_that_is_certain(value: Value, kind: Type | None) -> None:
    assert instance_type(MACHINE, value) == kind


@pytest.mark.parametrize(("name", "kind"), [("Received", USER), ("User", None)])
def test_message_has_the_type_of_its_body(name: str, kind: Type | None) -> None:
    at = MACHINE.program.modules["shop"].facts.body[0].at
    argument = TypeArgument(facts.Name(name, at), "shop", ())

    assert message_type(type_facts(MACHINE, argument).type) == kind
