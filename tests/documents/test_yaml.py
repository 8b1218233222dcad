"""YAML is read back as it was meant, by a parser of version 1.1 and one of version 1.2."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from infragraph.documents.yaml import written
from infragraph.model.graph import Property

HOSTILE = (
    *(
        "no",
        "Yes",
        "ON",
        "~",
        "null",
        "",
        " ",
        "1e3",
        "0o17",
        "08",
        "1_000",
        "12:30:45",
        "2026-01-01",
    ),
    *("=", "<<", "- a", "? a", "a: b", "a #b", "#b", "&a", "*a", "!!int 3", "%TAG", "@a", "`a"),
    *(
        "'",
        '"',
        "\\",
        "{",
        "[a]",
        "a,b",
        "|",
        ">",
        "---",
        "...",
        "-",
        "a\n",
        "a\nb",
        "a\n\nb",
        "\na",
    ),
    *(
        " a\nb",
        "a \nb",
        "a\n b",
        "a\n\n",
        "a\tb",
        "a\r\nb",
        "\x85",
        "\u2028",
        "\u202eabc",
        "\ufeffa",
    ),
    *(
        "a\u00a0b",
        "\x00",
        "\x1b[31m",
        "\U0001f600",
        "</script>",
        "{{resolve:ssm:a}}",
        "$(id)",
        ".inf",
    ),
)

# No file can hold half a surrogate pair.
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20
)


def read_as_1_1(text: str) -> Any:
    return yaml.safe_load(text)


def read_as_1_2(text: str) -> Any:
    parser: Any = YAML(typ="safe", pure=True)
    return parser.load(text)


@given(st.dictionaries(texts, values))
def test_any_value_is_read_back(document: Mapping[str, Property]) -> None:
    text = written(document, comment="made")

    assert read_as_1_1(text) == document
    assert read_as_1_2(text) == document


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_as_key_and_value_and_item(text: str) -> None:
    document: Mapping[str, Property] = {text: {text: [text, [text], {text: text}]}}

    assert read_as_1_1(written(document, comment="made")) == document
    assert read_as_1_2(written(document, comment="made")) == document


def test_a_key_of_any_length_is_a_key() -> None:
    document: Mapping[str, Property] = {"a" * 3000: {"b": [1]}, "c" * 3000: "d", "e" * 3000: [1]}

    assert read_as_1_1(written(document, comment="made")) == document
    assert read_as_1_2(written(document, comment="made")) == document


def test_a_document_is_made_to_be_read() -> None:
    document: Mapping[str, Property] = {
        "title": "shop accounts",
        "description": "One line.\n\n  And others,\nindented.\n",
        "/accounts/{id}": {"$ref": "#/components/schemas/Account"},
        "empty": {},
        "none": [],
        "list": [{"name": "a", "of": [1, 2.5, 1e16]}, ["no", True], None],
    }

    assert written(document, comment="Made.") == (
        "# Made.\n"
        "title: shop accounts\n"
        "description: |\n"
        "  One line.\n"
        "\n"
        "    And others,\n"
        "  indented.\n"
        "/accounts/{id}:\n"
        '  $ref: "#/components/schemas/Account"\n'
        "empty: {}\n"
        "none: []\n"
        "list:\n"
        "- name: a\n"
        "  of:\n"
        "  - 1\n"
        "  - 2.5\n"
        "  - 1.0e+16\n"
        '- - "no"\n'
        "  - true\n"
        "- null\n"
    )
