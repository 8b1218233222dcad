"""What the runtime encodes is what the analyzer's schema of the same source says."""

import json
import sys
from collections.abc import Generator
from decimal import Decimal
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infragraph.model.graph import InfraGraph
from infragraph.runtime.codec import codec
from tests.compiling import compiled
from tests.runtime.applications import importable

SOURCE = """
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict
from uuid import UUID

import attrs
import msgspec
import pydantic

from infragraph import Attribute, Service, Topic

shapes = Service("shapes")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Mixed(Enum):
    ONE = 1
    TWO = "two"


@dataclass(frozen=True)
class Scalars:
    text: str
    number: int
    ratio: float
    flag: bool
    id: UUID
    day: date
    at: datetime
    clock: time
    amount: Decimal
    colour: Colour
    level: Level
    mixed: Mixed
    word: Literal["a", "b"]
    nothing: None = None


@dataclass(frozen=True)
class Data:
    data: bytes


@dataclass(frozen=True)
class Containers:
    texts: list[str]
    pairs: tuple[int, str]
    many: tuple[int, ...]
    unique: frozenset[int]
    by_name: dict[str, float]
    by_number: dict[int, str]
    maybe: str | None = None
    nested: list[dict[str, list[int]]] = field(default_factory=list)


@dataclass(frozen=True)
class Leaf:
    value: int
    country: Attribute[str] = "NL"


@dataclass(frozen=True)
class Tree:
    leaf: Leaf
    leaves: list[Leaf]
    by_name: dict[str, Leaf]
    maybe: Leaf | None = None


class Entries(TypedDict):
    name: str
    count: NotRequired[int]


class Pair(NamedTuple):
    first: int
    second: str = "b"


class Struct(msgspec.Struct):
    name: str
    leaf: Leaf
    count: int = 0


@attrs.define
class Plain:
    name: str
    leaves: list[Leaf]


class Model(pydantic.BaseModel):
    name: str
    count: int = 1
    maybe: date | None = None


@dataclass(frozen=True)
class Holder:
    model: Model
    struct: Struct
    plain: Plain
    entries: Entries
    pair: Pair


scalars = Topic[Scalars]("scalars")
containers = Topic[Containers]("containers")
trees = Topic[Tree]("trees")
entries = Topic[Entries]("entries")
pairs = Topic[Pair]("pairs")
structs = Topic[Struct]("structs")
plains = Topic[Plain]("plains")
models = Topic[Model]("models")
holders = Topic[Holder]("holders")
unions = Topic[Leaf | Tree]("unions")
lists = Topic[list[Leaf]]("lists")
mappings = Topic[dict[str, int]]("mappings")
texts = Topic[str]("texts")
datas = Topic[Data]("datas")
"""
# JSON has no number for these, so that what holds one cannot be published as it is.
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))

pytestmark = pytest.mark.slow

NAMES = (
    *("scalars", "containers", "trees", "entries", "pairs", "structs", "plains", "models"),
    *("holders", "unions", "lists", "mappings", "texts", "datas"),
)


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Generator[ModuleType]:
    root = tmp_path_factory.mktemp("shapes")
    (root / "shapes_of_payloads.py").write_text(SOURCE)
    with importable(root, "shapes_of_payloads"):
        sys.path.insert(0, str(root))
        yield __import__("shapes_of_payloads")


@pytest.fixture(scope="module")
def graph() -> InfraGraph:
    found, _ = compiled({"shapes_of_payloads.py": SOURCE})
    return found


@pytest.mark.parametrize("name", NAMES)
def test_what_is_encoded_validates_and_comes_back(
    module: ModuleType, graph: InfraGraph, name: str
) -> None:
    topic = getattr(module, name)
    (node,) = (it for it in graph.nodes if it.id == f"topic:{name}")
    document = {"payloads": graph.payloads, **_object(node.properties["payload"])}
    validator: Any = jsonschema.Draft202012Validator(json.loads(json.dumps(document)))
    used = codec(topic.payload_type)

    @settings(
        max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )
    @given(st.from_type(topic.payload_type))
    def encodes(value: Any) -> None:
        body = used.encode(value)
        validator.validate(json.loads(body))
        assert used.decode(body, used.type_of(value)) == value

    encodes()


def _object(schema: Any) -> dict[str, Any]:
    return dict(schema)


def test_every_topic_of_the_source_is_held_against_its_schema(graph: InfraGraph) -> None:
    assert {it.name for it in graph.nodes if it.kind == "topic"} == set(NAMES)
