"""Names on AWS: legal, the same every time, and of one thing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.targets.aws import names

NAME = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)
PARTS = st.tuples(NAME, NAME, NAME, NAME)


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        (("send-welcome-email", "queue"), "SendWelcomeEmailQueue"),
        (("SESSION_KEY", "secret"), "SessionKeySecret"),
        (("user-1", "topic"), "User1Topic"),
        (("orders", "DeadLetters"), "OrdersDeadLetters"),
    ],
)
def test_logical_ids_are_words_that_begin_with_a_capital(
    given_names: tuple[str, ...], expected: str
) -> None:
    assert names.logical_id(*given_names) == expected


def test_names_that_meet_are_told_with_all_that_go_by_them() -> None:
    pairs = [("User1Topic", "topic:user-1"), ("User1Topic", "topic:user1"), ("A", "b"), ("A", "b")]

    assert names.collisions(pairs) == {"User1Topic": ["topic:user-1", "topic:user1"]}


@given(PARTS)
def test_physical_names_are_legal(parts: tuple[str, str, str, str]) -> None:
    application, environment, topic, _ = parts

    assert re.fullmatch(
        r"[A-Za-z0-9_-]{1,251}\.fifo", names.fifo_topic_name(application, environment, topic)
    )
    for queue in (names.fifo_queue_name(*parts), names.fifo_dead_letters_name(*parts)):
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,75}\.fifo", queue)


@pytest.mark.slow
@given(st.lists(PARTS, unique=True, max_size=50))
def test_no_two_queues_have_one_name_whatever_the_application(
    many: list[tuple[str, str, str, str]],
) -> None:
    found = [make(*parts) for parts in many for make in QUEUES]

    assert len(set(found)) == len(found)


def test_names_are_the_same_on_every_run() -> None:
    long = ("shop", "prod", "a" * 40, "b" * 40)

    assert names.fifo_queue_name("shop", "prod", "orders", "ship") == "shop_prod_orders_ship.fifo"
    assert (
        names.fifo_dead_letters_name("shop", "prod", "orders", "ship")
        == "shop_prod_orders_ship_dead-letters.fifo"
    )
    assert names.fifo_queue_name(*long) == f"shop_prod_{'a' * 40}_{'b' * 15}-39ce3dc5.fifo"


QUEUES = (names.fifo_queue_name, names.fifo_dead_letters_name)
