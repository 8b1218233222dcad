"""What a test names, by the object that the application declares."""

import pytest

from infragraph import Retry, Service, Topic
from infragraph.testing.naming import Names

numbers = Topic[int]("numbers")
other = Topic[int]("other")
counter = Service("counter")


@counter.subscribe(numbers, "add", retry=Retry(max_attempts=1))
@counter.post("/add")
async def add(number: int) -> None:
    del number


@counter.subscribe(numbers, "note")
@counter.subscribe(other, "note")
async def note(number: int) -> None:
    del number


@counter.cron("reset", every="1h")
def reset() -> None: ...


NAMES = Names({"counter": counter}, ["topic:numbers", "topic:other"])


def test_a_handler_is_all_entry_points_that_it_is() -> None:
    assert NAMES.nodes(add, "subscription", "cron", "endpoint") == (
        "subscription:numbers/add",
        "endpoint:counter/add",
    )
    assert NAMES.node(add, "subscription") == "subscription:numbers/add"
    assert NAMES.node(reset, "cron") == "cron:reset"


def test_a_name_stands_for_a_handler() -> None:
    assert NAMES.node("numbers/add", "subscription") == "subscription:numbers/add"
    assert NAMES.nodes("endpoint:counter/add", "endpoint") == ("endpoint:counter/add",)
    assert NAMES.node(counter.subscriptions[0], "subscription") == "subscription:numbers/add"


def test_what_is_several_is_told_with_their_names() -> None:
    with pytest.raises(LookupError) as raised:
        NAMES.node(note, "subscription")
    assert str(raised.value) == (
        "note is several: name one of subscription:other/note, subscription:numbers/note"
    )


def test_what_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(LookupError, match=r"reset is no subscription: there are subscription:n"):
        NAMES.nodes(reset, "subscription")
    with pytest.raises(LookupError, match="the application has no topic 'nothing'"):
        NAMES.topic(Topic[int]("nothing"))
