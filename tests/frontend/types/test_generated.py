"""Definitions that nobody wrote: what their values are encoded as fits the schema as well."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.frontend.types.declared import payload
from tests.frontend.types.test_encoding import program, validator
from tests.frontend.types.values import encoded, executed, values

HASHABLE = ["str", "int", "UUID", "date", "Decimal", "datetime"]

SCALARS = [*HASHABLE, "float", "bool", "bytes", "time", "timedelta", "Any", "Color", "Inner", "Id"]

NARROWED = [
    "Annotated[int, {meta}(gt=2, le=90)]",
    "Annotated[int, {meta}(ge=0, multiple_of=3)]",
    "Annotated[str, {meta}(min_length=1, max_length=6)]",
    "Annotated[str, {meta}(pattern='^[a-c]+$')]",
    "Annotated[list[int], {meta}(min_length=1, max_length=2)]",
    "Literal['a', 'b', 3]",
    "Literal[Color.RED]",
]

FORMS = {
    "dataclass": ("@dataclass(kw_only=True)\nclass {name}:", ("dataclass", "struct", "attrs")),
    "struct": ("class {name}(msgspec.Struct, kw_only=True, rename='camel'):", ("struct", "tuple")),
    "attrs": ("@attrs.define(kw_only=True)\nclass {name}:", ("attrs", "dict", "dataclass")),
    "dict": ("class {name}(typing_extensions.TypedDict):", ("dict", "struct")),
    "tuple": ("class {name}(NamedTuple):", ("tuple", "dataclass")),
    "model": ("class {name}(BaseModel):", ("model", "dataclass", "tuple", "dict")),
}
"""How a class of each form begins, and the forms that its codec takes inside of it."""


def annotations(meta: str) -> st.SearchStrategy[str]:
    simple = st.sampled_from([*SCALARS, *(text.format(meta=meta) for text in NARROWED)])
    hashable = st.sampled_from(HASHABLE)
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            inner.map("list[{}]".format),
            inner.map("tuple[{}, ...]".format),
            st.tuples(inner, inner).map(lambda pair: f"tuple[{pair[0]}, {pair[1]}]"),
            st.tuples(hashable, inner).map(lambda pair: f"dict[{pair[0]}, {pair[1]}]"),
            hashable.map("set[{}]".format),
            hashable.map("frozenset[{}]".format),
            inner.map("Optional[{}]".format),
            inner.map("Box[{}]".format),
        ),
        max_leaves=4,
    )


@st.composite
def definitions(draw: st.DrawFn) -> str:
    form = draw(st.sampled_from(sorted(FORMS)))
    head, inside = FORMS[form]
    meta = "Field" if form == "model" else "Meta"
    inner = FORMS[draw(st.sampled_from(inside))][0]
    fields = draw(st.lists(annotations(meta), min_size=1, max_size=4))
    lines = [f"    field_{index}: {text}" for index, text in enumerate(fields)]
    if form != "dict" and draw(st.booleans()):
        lines.append("    last: Optional[Inner] = None")
    box = "class Box(BaseModel, Generic[T]):" if form == "model" else "class Box(Generic[T]):"
    decorator = "" if form == "model" else "@dataclass\n"
    return "\n".join(
        [
            'T = TypeVar("T")',
            'Id = NewType("Id", int)',
            "class Color(Enum):\n    RED = 'red'\n    BLUE = 'blue'",
            f"{inner.format(name='Inner')}\n    text: str\n    many: list[int]",
            f"{decorator}{box}\n    held: T",
            head.format(name="Payload"),
            *lines,
        ]
    )


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(text=definitions(), data=st.data())
def test_what_any_definition_encodes_fits_its_schema(text: str, data: st.DataObject) -> None:
    source = program(text)

    facts = payload(source)
    strategy: Any = values(executed(source).Payload)
    written = encoded(data.draw(strategy))

    assert facts.faults == ()
    validator(facts).validate(written)
