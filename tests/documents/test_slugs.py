import re
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from infragraph.documents.slugs import LONGEST, distinct, shortened, slug

LEGAL = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?")

texts = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "word"),
    [("orders-placed", "orders-placed"), ("SMTP_PASSWORD", "smtp_password"), ("v2", "v2")],
)
def test_names_of_the_sdk_stay(text: str, word: str) -> None:
    assert slug(text) == word


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Orders", "orders"),
        ("../a", "a"),
        ("con", "con"),
        ("", "unnamed"),
        ("café au lait", "caf-au-lait"),
        ("a-0123456789", "a-0123456789"),
    ],
)
def test_what_is_no_name_of_the_sdk_has_a_digest(text: str, beginning: str) -> None:
    assert re.fullmatch(f"{beginning}-[0-9a-f]{{10}}", slug(text))


@example("a" * 50, "a" * 51)
@example("SMTP_KEY", "smtp_key")
@given(texts, texts)
def test_a_slug_is_a_legal_word_that_no_other_text_has(one: str, other: str) -> None:
    words = {slug(one), slug(other)}

    assert len(words) == len({one, other})
    assert all(LEGAL.fullmatch(it) and len(it) <= LONGEST for it in words)


@given(st.dictionaries(texts, texts))
def test_distinct_names_are_unlike_in_more_than_case(names: Mapping[str, str]) -> None:
    made = distinct(names)

    assert list(made) == list(names)
    assert len({it.casefold() for it in made.values()}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", it) for it in made.values())


def test_names_that_are_distinct_stay() -> None:
    names = {"shop.Order": "Order", "shop.order": "order", "shop.Page(shop.Line)": "Page_Line"}

    made = distinct(names)

    assert made["shop.Page(shop.Line)"] == "Page_Line"
    assert {it.partition("-")[0] for it in (made["shop.Order"], made["shop.order"])} == {"order"}


@given(texts, st.integers(20, 80))
def test_what_is_too_long_is_cut(text: str, most: int) -> None:
    made = shortened(text, most)

    assert len(made) <= most
    assert made == text or len(text) > most
