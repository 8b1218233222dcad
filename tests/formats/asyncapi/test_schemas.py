"""A schema means in draft 7 what it meant in draft 2020-12."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from infragraph.formats.asyncapi.schemas import in_draft_07
from infragraph.model.graph import Property

NAMES = {"shop.Text": "Text", "shop.Row": "Row"}

PAYLOADS: Mapping[str, Property] = {
    "shop.Text": {"type": "string"},
    "shop.Row": {"type": "array", "items": {"type": "integer"}},
}

leaves: st.SearchStrategy[Property] = st.sampled_from(
    [
        *({"type": "string"}, {"type": "integer"}, {"type": "null"}, {}, {"enum": ["a", 1]}),
        *({"$ref": "#/payloads/shop.Text"}, {"$ref": "#/payloads/shop.Row", "maxItems": 1}),
        {"$ref": "#/payloads/shop.Text", "default": "a"},
    ]
)


def _rows(inner: st.SearchStrategy[Property]) -> st.SearchStrategy[Property]:
    return st.fixed_dictionaries(
        {"type": st.just("array"), "prefixItems": st.lists(inner, max_size=2)},
        optional={"items": st.just(value=False) | inner, "minItems": st.integers(0, 2)},
    )


schemas: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: (
        _rows(inner)
        | st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)})
        | st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(st.sampled_from("ab"), inner),
            },
            optional={"additionalProperties": inner},
        )
    ),
    max_leaves=6,
)

values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.sampled_from(["a", "b", 1]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=6,
)


def takes_in_2020(schema: Any, value: Any) -> bool:
    # An empty `prefixItems`, which the draft forbids, restricts nothing.
    validator: Any = Draft202012Validator({"payloads": PAYLOADS, "anyOf": [schema]})
    return bool(validator.is_valid(value))


def takes_in_7(schema: Any, value: Any) -> bool:
    made: Any = in_draft_07(schema, NAMES)
    types = {NAMES[name]: in_draft_07(it, NAMES) for name, it in PAYLOADS.items()}
    Draft7Validator.check_schema(made)
    validator: Any = Draft7Validator({"components": {"schemas": types}, "anyOf": [made]})
    return bool(validator.is_valid(value))


@given(schemas, values)
def test_both_take_the_same_values(schema: Any, value: Any) -> None:
    assert takes_in_7(schema, value) == takes_in_2020(schema, value)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            {"prefixItems": [{"type": "string"}], "items": False},
            {"items": [{"type": "string"}], "additionalItems": False},
        ),
        ({"prefixItems": [], "items": False}, {"items": False}),
        (
            {"$ref": "#/payloads/shop.Text", "default": "a"},
            {"allOf": [{"$ref": "#/components/schemas/Text"}], "default": "a"},
        ),
        ({"default": {"prefixItems": [1]}}, {"default": {"prefixItems": [1]}}),
    ],
)
def test_what_draft_7_reads_otherwise_is_said_in_its_words(
    schema: Property, expected: Property
) -> None:
    assert in_draft_07(schema, NAMES) == expected
