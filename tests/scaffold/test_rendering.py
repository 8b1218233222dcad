import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from infragraph.scaffold.rendering import is_plain, rendered

TEMPLATE = "docker/dockerignore.jinja"


def test_a_value_that_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered(TEMPLATE, {"settings": (), "sources": ()})


@given(st.text())
def test_only_what_is_plain_gets_into_a_file(value: str) -> None:
    values = {"settings": (), "sources": (value,), "has_environments": False}

    if is_plain(value):
        assert f"\n!{value}\n" in rendered(TEMPLATE, values)
    else:
        with pytest.raises(AssertionError):
            rendered(TEMPLATE, values)


def test_what_is_plain_is_one_word() -> None:
    assert [it for it in ("a-b_c.d/e:f@g+1", "") if not is_plain(it)] == []
    assert [it for it in (" ", "a b", "$a", "a\n", "'", '"', "#", "{", "é") if is_plain(it)] == []
