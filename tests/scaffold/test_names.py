import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.kinds.naming import proper_name
from infragraph.scaffold.names import (
    class_name,
    module_of,
    refusal,
    suggested,
    variable_of,
)

PROPER = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("OrderShipped", "order-shipped"),
        ("order_shipped", "order-shipped"),
        ("Order Shipped!", "order-shipped"),
        ("HTTPServer", "http-server"),
        ("2fa-codes", "fa-codes"),
        ("shop/../..", "shop"),
        ("x" * 60, "x" * 40),
        ("---", None),
        ("", None),
        ("42", None),
        ("é", None),
    ],
)
def test_what_was_meant_is_suggested(name: str, near: str | None) -> None:
    assert suggested(name) == near
    said = refusal("topic", name)
    assert said is not None
    assert said.startswith(f"{name!r} is no name of a topic: it takes lower case words")
    assert said.endswith(f"; did you mean '{near}'?") == (near is not None)


@given(st.text(max_size=60))
def test_a_suggestion_can_be_taken(name: str) -> None:
    near = suggested(name)

    assert near is None or proper_name(near)
    assert (refusal("service", name) is None) == proper_name(name)


@given(PROPER)
def test_python_can_call_it_so(name: str) -> None:
    for called in (module_of(name, "topic"), variable_of(name, "topic"), class_name(name)):
        assert called.isidentifier()
        assert not keyword.iskeyword(called)


@pytest.mark.parametrize("name", ["email", "json", "infragraph", "tests", "class", "site"])
def test_an_application_hides_no_package(name: str) -> None:
    said = refusal("application", name)

    assert said is not None
    assert said.endswith(f"did you mean '{name}-app'?")
    assert refusal("application", f"{name}-app") is None


def test_a_variable_hides_nothing() -> None:
    assert variable_of("orders", "service") == "orders"
    assert variable_of("list", "service") == "list_service"
    assert variable_of("class", "service") == "class_service"
    assert variable_of("log", "topic") == "log_topic"
    assert variable_of("orders", "topic", {"orders"}) == "orders_topic"
