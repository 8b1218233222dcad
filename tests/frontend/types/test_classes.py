"""Whole definitions, form by form."""

import pytest

from infragraph.model.graph import Property
from infragraph.model.types import ContainerType, ScalarType, UnionType
from tests.frontend.types.declared import faults, payload
from tests.frontend.types.test_encoding import program

WHOLE: list[tuple[str, str, Property]] = [
    (
        "dataclass with documentation, defaults and an attribute",
        '''
        @dataclass
        class Payload:
            """What was ordered."""

            id: UUID
            """Its number."""
            country: Attribute[str] = "NL"
            lines: list[int] = field(default_factory=lambda: [1, 2])
        ''',
        {
            "shop.Payload": {
                "type": "object",
                "description": "What was ordered.",
                "properties": {
                    "id": {"type": "string", "format": "uuid", "description": "Its number."},
                    "country": {"type": "string", "default": "NL"},
                    "lines": {
                        "type": "array",
                        "items": {"type": "integer"},
                        "default": [1, 2],
                    },
                },
                "required": ["id"],
            }
        },
    ),
    (
        "closed model with aliases, constraints and a computed field",
        """
        class Payload(BaseModel):
            model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

            unit_price: int = Field(gt=0, description="In cents.")
            free_text: str | None = Field(None, max_length=9)

            @computed_field
            @property
            def in_euros(self) -> float: ...
        """,
        {
            "shop.Payload": {
                "type": "object",
                "properties": {
                    "unitPrice": {
                        "type": "integer",
                        "exclusiveMinimum": 0,
                        "description": "In cents.",
                    },
                    "freeText": {
                        "anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}],
                        "default": None,
                    },
                    "inEuros": {"type": "number", "readOnly": True},
                },
                "required": ["unitPrice"],
                "additionalProperties": False,
            }
        },
    ),
    (
        "tagged struct",
        """
        class Payload(msgspec.Struct, tag="paid", tag_field="kind", rename="camel"):
            order_id: int
            paid_by: str = "card"
        """,
        {
            "shop.Payload": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["paid"]},
                    "orderId": {"type": "integer"},
                    "paidBy": {"type": "string", "default": "card"},
                },
                "required": ["kind", "orderId"],
            }
        },
    ),
    (
        "attrs class, whose private field is not encoded",
        """
        @attrs.define
        class Payload:
            a: int
            _b: int = 3
        """,
        {
            "shop.Payload": {
                "type": "object",
                "properties": {"a": {"type": "integer"}},
                "required": ["a"],
            }
        },
    ),
    (
        "named tuple",
        """
        class Payload(NamedTuple):
            x: int
            y: int = 0
        """,
        {
            "shop.Payload": {
                "type": "array",
                "prefixItems": [{"type": "integer"}, {"type": "integer", "default": 0}],
                "items": False,
                "minItems": 1,
                "maxItems": 2,
            }
        },
    ),
    (
        "named tuple of nothing",
        """
        class Payload(NamedTuple):
            pass
        """,
        {"shop.Payload": {"type": "array", "items": False, "minItems": 0, "maxItems": 0}},
    ),
    (
        "one generic class with two meanings",
        """
        T = TypeVar("T")

        @dataclass
        class Page(Generic[T]):
            items: list[T]

        @dataclass
        class Payload:
            names: Page[str]
            counts: Page[int]
        """,
        {
            "shop.Page(int)": {
                "type": "object",
                "properties": {"items": {"type": "array", "items": {"type": "integer"}}},
                "required": ["items"],
            },
            "shop.Page(str)": {
                "type": "object",
                "properties": {"items": {"type": "array", "items": {"type": "string"}}},
                "required": ["items"],
            },
            "shop.Payload": {
                "type": "object",
                "properties": {
                    "names": {"$ref": "#/payloads/shop.Page(str)"},
                    "counts": {"$ref": "#/payloads/shop.Page(int)"},
                },
                "required": ["names", "counts"],
            },
        },
    ),
    (
        "generic class in the syntax of newer Pythons",
        """
        @dataclass
        class Page[T]:
            items: list[T]

        @dataclass
        class Payload(Page[list[bool]]):
            pass
        """,
        {
            "shop.Payload": {
                "type": "object",
                "properties": {
                    "items": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "boolean"}},
                    }
                },
                "required": ["items"],
            }
        },
    ),
    (
        "alias that mentions itself",
        """
        type Json = dict[str, Json] | list[Json] | str | None

        @dataclass
        class Payload:
            body: Json
        """,
        {
            "shop.Json": {
                "anyOf": [
                    {
                        "type": "object",
                        "additionalProperties": {"$ref": "#/payloads/shop.Json"},
                    },
                    {"type": "array", "items": {"$ref": "#/payloads/shop.Json"}},
                    {"type": "string"},
                    {"type": "null"},
                ]
            },
            "shop.Payload": {
                "type": "object",
                "properties": {"body": {"$ref": "#/payloads/shop.Json"}},
                "required": ["body"],
            },
        },
    ),
    (
        "enum whose values are calculated",
        """
        class Payload(Enum):
            A = print("a")
        """,
        {"shop.Payload": {}},
    ),
    (
        "field that stays where a class above put it",
        """
        @dataclass
        class Base:
            first: int
            second: int

        @dataclass
        class Payload(Base):
            third: int
            first: str
        """,
        {
            "shop.Payload": {
                "type": "object",
                "properties": {
                    "first": {"type": "string"},
                    "second": {"type": "integer"},
                    "third": {"type": "integer"},
                },
                "required": ["first", "second", "third"],
            }
        },
    ),
]


@pytest.mark.parametrize(
    ("source", "definitions"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE]
)
def test_class_has_these_definitions(source: str, definitions: Property) -> None:
    facts = payload(program(source))

    assert (facts.definitions, facts.faults) == (definitions, ())


def test_members_keep_the_order_of_source() -> None:
    facts = payload(program("@dataclass\nclass Payload:\n    b: int\n    a: int\n    c: int\n"))

    properties = facts.definitions["shop.Payload"]["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == list(facts.fields) == ["b", "a", "c"]


def test_facts_tell_fields_attributes_and_where_the_class_stands() -> None:
    facts = payload(
        """\
        from dataclasses import dataclass
        from infragraph import Attribute, Topic

        @dataclass
        class Order:
            id: int
            country: Attribute[str] | None = None
            tags: tuple[str, ...] = ()

        topic = Topic[Order]("orders")
        """
    )

    optional = UnionType(members=(ScalarType(name="str"), ScalarType(name="None")))
    assert facts.fields == {
        "id": ScalarType(name="int"),
        "country": optional,
        "tags": ContainerType(kind="tuple", items=(ScalarType(name="str"),)),
    }
    assert (facts.attributes, facts.fields_are_complete) == (frozenset({"country"}), True)
    assert facts.definition is not None
    assert (facts.definition.line, facts.definition.column) == (5, 7)
    assert (facts.span.line, facts.span.column) == (10, 15)


def test_union_of_classes_has_the_members_that_all_have() -> None:
    facts = payload(
        program(
            """
            @dataclass
            class A:
                id: int
                a: int

            @dataclass
            class B:
                id: int

            Payload = A | B
            """
        )
    )

    assert facts.fields == {"id": ScalarType(name="int")}


@pytest.mark.parametrize(
    ("annotation", "scalar", "scalars", "marker"),
    [
        ("int", True, False, None),
        ("int | None", True, False, None),
        ("Color", True, False, None),
        ("list[UUID]", False, True, None),
        ("dict[str, int]", False, False, None),
        ("Header[str]", True, False, "header"),
        ("Cookie[str] | None", True, False, "cookie"),
        ("Attribute[str]", True, False, None),
    ],
)
def test_facts_tell_what_fits_into_one_text(
    annotation: str, *, scalar: bool, scalars: bool, marker: str | None
) -> None:
    facts = payload(
        program(
            f"""
            from infragraph import Cookie, Header

            class Color(Enum):
                RED = 1

            Payload = {annotation}
            """
        )
    )

    assert (facts.is_scalar, facts.is_scalar_list, facts.marker) == (scalar, scalars, marker)


# --- several files -------------------------------------------------------------------------------


def test_types_are_followed_through_imports() -> None:
    facts = payload(
        {
            "shop/__init__.py": "from .orders import *\n",
            "shop/orders/__init__.py": "from shop.orders.models import Order as Bought\n"
            "__all__ = ['Bought', 'Orders']\nOrders = list[Bought]\n",
            "shop/orders/models.py": "from dataclasses import dataclass\nimport shop.ids as ids\n\n"
            "@dataclass\nclass Order:\n    id: 'ids.OrderId'\n",
            "shop/ids.py": "from typing import NewType\nOrderId = NewType('OrderId', str)\n",
            "app.py": "import shop\nfrom infragraph import Topic\nt = Topic[shop.Orders]('t')\n",
        }
    )

    assert facts.faults == ()
    assert facts.schema == {
        "type": "array",
        "items": {"$ref": "#/payloads/shop.orders.models.Order"},
    }
    assert facts.definitions["shop.orders.models.Order"]["properties"] == {"id": {"type": "string"}}


def test_fault_inside_a_library_stands_where_the_application_uses_it() -> None:
    facts = payload(
        {
            "contracts.py": "from dataclasses import dataclass\nfrom threading import Lock\n\n"
            "@dataclass\nclass Inner:\n    lock: Lock\n\n@dataclass\nclass Outer:\n    x: Inner\n",
            "shop.py": "from contracts import Outer\nfrom dataclasses import dataclass\n"
            "from infragraph import Topic\n\n@dataclass\nclass Mine:\n    outer: list[Outer]\n\n"
            "t = Topic[Mine]('t')\n",
        },
        libraries=frozenset({"contracts.py"}),
    )

    assert faults(facts) == [("unsupported", "Lock", "shop.py:7:17")]
    assert sorted(facts.definitions) == ["contracts.Inner", "contracts.Outer", "shop.Mine"]


def test_base_class_that_was_not_read_leaves_the_fields_open() -> None:
    facts = payload(
        """\
        from dataclasses import dataclass
        from elsewhere import Base
        from infragraph import Topic

        @dataclass
        class Order(Base):
            id: int

        topic = Topic[Order]("orders")
        """
    )

    assert (facts.faults, facts.fields_are_complete) == ((), False)


def test_name_under_type_checking_in_a_field_does_not_exist_when_the_program_runs() -> None:
    facts = payload(
        {
            "models.py": "class User: ...\n",
            "shop.py": "from __future__ import annotations\nfrom dataclasses import dataclass\n"
            "from typing import TYPE_CHECKING\nfrom infragraph import Topic\n"
            "if TYPE_CHECKING:\n    from models import User\n\n"
            "@dataclass\nclass Order:\n    buyer: User | None\n\nt = Topic[Order]('t')\n",
        }
    )

    assert faults(facts) == [("type-checking-only", "User", "shop.py:10:12")]


def test_module_of_the_application_hides_one_of_the_standard_library() -> None:
    facts = payload(
        {
            "calendar.py": """\
                from dataclasses import dataclass

                @dataclass
                class Day:
                    n: int
                """,
            "shop.py": """\
                from calendar import Day
                from infragraph import Topic

                t = Topic[Day]("t")
                """,
        }
    )

    assert (list(facts.definitions), facts.faults) == (["calendar.Day"], ())


def test_field_may_have_the_name_of_its_type() -> None:
    facts = payload(program("@dataclass\nclass Payload:\n    date: date | None = None\n"))

    assert facts.faults == ()


def test_package_may_import_its_own_modules() -> None:
    facts = payload(
        {
            "shop/__init__.py": "from . import models\n",
            "shop/models.py": "from typing import NewType\nId = NewType('Id', int)\n",
            "app.py": "import shop\nfrom infragraph import Topic\nt = Topic[shop.models.Id]('t')\n",
        }
    )

    assert (facts.schema, facts.faults) == ({"type": "integer"}, ())


def test_class_in_a_function_is_found() -> None:
    facts = payload(
        """\
        from dataclasses import dataclass
        from infragraph import Topic

        def declare():
            @dataclass
            class Local:
                x: int

            return Topic[Local]("t")

        declare()
        """
    )

    assert (list(facts.definitions), facts.faults) == (["shop.declare.Local"], ())


RENAMED_WHILE_RUNNING = {
    "model": """
        def shout(name): return name.upper()

        CONFIG = ConfigDict(extra="forbid", alias_generator=shout)

        class Payload(BaseModel):
            model_config = CONFIG

            first: int
            second: int = Field(alias="second")
        """,
    "struct": """
        def shout(name): return name.upper()

        class Payload(msgspec.Struct, rename=shout, forbid_unknown_fields=True):
            first: int
            second: int = msgspec.field(name="second")
        """,
}


@pytest.mark.parametrize("form", RENAMED_WHILE_RUNNING)
def test_names_that_a_function_makes_are_left_open(form: str) -> None:
    facts = payload(program(RENAMED_WHILE_RUNNING[form]))

    assert [(fault.kind, fault.name) for fault in facts.faults] == [("undecided", "shout")]
    assert list(facts.fields) == ["first", "second"]
    assert facts.definitions["shop.Payload"] == {
        "type": "object",
        "properties": {"second": {"type": "integer"}},
        "required": ["second"],
    }
