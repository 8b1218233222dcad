"""The tests of the bakery, written as those of any application."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from bakery.kitchen.baking import bake, call_back
from bakery.kitchen.baking import db as kitchen_db
from bakery.orders.api import (
    Baker,
    announce,
    authenticate,
    close_day,
    count,
    draw,
    key,
    lock,
    me,
    pictures,
    place,
    remind,
)
from bakery.orders.api import db as orders_db
from bakery.orders.events import Order, placed, reminders

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.testing import DeadMessage, Infra

TART = Order(1, "tart")


@pytest.fixture
def infra_secrets() -> Mapping[str, str]:
    return {"OVEN_KEY": "from the fixture"}


async def test_what_an_endpoint_commits_is_published_and_handled(infra: Infra) -> None:
    await place(TART)
    assert infra.published(placed) == [TART]
    assert await _cakes() == []

    await infra.drain()

    assert await _cakes() == [(1, "tart", 1)]


async def test_what_is_rolled_back_is_not_published(infra: Infra) -> None:
    await place(TART)

    with pytest.raises(Exception, match="duplicate key"):
        await place(TART)

    assert infra.published(placed) == [TART]


@pytest.mark.parametrize("cake", ["tart", "pie", "bread"])
async def test_every_test_has_its_databases_to_itself(infra: Infra, cake: str) -> None:
    assert await orders_db.fetch("select * from orders") == []
    await place(Order(1, cake))
    assert await orders_db.fetch("select * from orders") == [{"id": 1, "cake": cake}]


async def test_a_failed_message_comes_again_when_its_backoff_has_passed(infra: Infra) -> None:
    infra.fail(bake, times=1)
    await place(TART)

    await infra.clock.advance(0)
    assert await _cakes() == []
    await infra.clock.advance(10)

    assert await _cakes() == [(1, "tart", 2)]


async def test_draining_passes_over_backoffs_and_ends_in_dead_letters(infra: Infra) -> None:
    before = infra.clock.now()
    infra.fail(bake, times=3, error=ValueError("burnt"))
    await place(TART)
    await place(Order(2, "tart"))

    await infra.drain()

    (dead,) = infra.dead_letters(bake)
    assert dead == DeadMessage(body=TART, reason="ValueError: burnt", attempts=3, id=dead.id)
    assert infra.dead_letters("placed/bake") == [dead]
    # Its order is kept: the second of the same key waited for the first to be given up.
    assert await _cakes() == [(2, "tart", 1)]
    assert infra.clock.now() - before > timedelta(seconds=1)


async def test_the_broker_refuses_and_the_outbox_holds_what_it_was_to_take(infra: Infra) -> None:
    infra.fail_publish(placed, times=2)

    await place(TART)
    assert infra.published(placed) == []
    await infra.drain()

    assert infra.published(placed) == [TART]
    assert await _cakes() == [(1, "tart", 1)]


async def test_a_refused_publish_is_the_publishers_to_handle(infra: Infra) -> None:
    infra.fail_publish(reminders)

    with pytest.raises(BrokerError):
        await reminders.publish(TART)

    assert infra.published(reminders) == []


async def test_a_message_for_later_is_handled_later(infra: Infra) -> None:
    await remind(TART)
    await infra.drain()
    assert infra.published(reminders) == []

    await infra.clock.advance(timedelta(days=1, seconds=10))

    assert infra.published(reminders) == [TART]
    assert await kitchen_db.fetch("select * from calls where id = 1") == [{"id": 1, "orders": 0}]


async def test_crons_fire_as_time_passes(infra: Infra) -> None:
    await place(TART)
    await infra.clock.advance(timedelta(days=1))
    assert await count() == 0


async def test_a_cron_fails_and_the_next_one_runs(infra: Infra) -> None:
    infra.fail(close_day)
    await place(TART)
    await infra.clock.advance(timedelta(days=1))
    assert await count() == 1
    await infra.clock.advance(timedelta(days=1))
    assert await count() == 0


async def test_a_cron_is_triggered(infra: Infra) -> None:
    await place(TART)
    await infra.trigger(close_day)
    await infra.trigger("close-day")
    assert await count() == 0


async def test_what_a_cron_raises_reaches_whoever_triggers_it(infra: Infra) -> None:
    infra.fail(close_day, error=ValueError("no broom"))
    with pytest.raises(ValueError, match="no broom"):
        await infra.trigger(close_day)


async def test_handlers_are_called_as_the_functions_they_are(infra: Infra) -> None:
    await call_back(TART)
    await close_day()
    announce(TART)
    assert await kitchen_db.fetch("select id from calls where id = 1") == [{"id": 1}]
    assert infra.published(reminders) == [TART]


async def test_an_endpoint_is_let_fail(infra: Infra) -> None:
    infra.fail(count, times=2)
    await announce_and_drain(infra)
    assert [it.reason for it in infra.dead_letters(call_back)] == [
        "InjectedError: a test let it fail"
    ]


async def announce_and_drain(infra: Infra) -> None:
    announce(TART)
    await infra.drain()


async def test_a_client_from_outside_meets_what_production_shows(infra: Infra) -> None:
    async with infra.client() as client:
        answers = [
            await client.post("/orders", json={"id": 1, "cake": "tart"}),
            await client.get("/count"),
            await client.get("/me"),
            await client.get("/me", headers={"authorization": "flour"}),
        ]
    assert [
        (it.status_code, it.json().get("message") if it.is_error else it.json()) for it in answers
    ] == [
        (200, {"id": 1, "cake": "tart"}),
        (403, "this endpoint is for services of the application alone"),
        (401, "say flour"),
        (200, "somebody"),
    ]
    assert infra.published(placed) == [TART]


async def test_a_client_acts_for_a_caller(infra: Infra) -> None:
    async with infra.client(caller=Baker("anna")) as client:
        assert (await client.get("/me")).json() == "anna"
        assert (await client.get("/count")).json() == 0


async def test_direct_calls_act_for_a_caller(infra: Infra) -> None:
    with infra.acting_for(Baker("anna")):
        assert authenticate.caller() == Baker("anna")
        assert await me() == "anna"


async def test_secrets_are_given(infra: Infra) -> None:
    assert await lock() == "from the fixture"
    infra.secrets["OVEN_KEY"] = "from the test"
    assert key.get() == "from the test"


async def test_buckets_are_empty_folders(infra: Infra) -> None:
    assert [it async for it in pictures.list()] == []
    url = await draw("tart.txt")
    assert url == "http://buckets.test/pictures?key=tart.txt&method=GET&for=900.0"
    assert await pictures.download("tart.txt") == b"cake"


async def test_the_trace_tells_what_led_to_what(infra: Infra) -> None:
    infra.fail(bake)
    await place(TART)
    await infra.drain()

    insert = "insert into orders (id, cake) values ($1, $2)"
    columns = "(subscription, message_id) values ($1, $2)"
    mark = f"insert into infragraph.inbox {columns} on conflict do nothing"
    bake_it = "insert into cakes (id, cake, attempt) values ($1, $2, $3)"
    assert repr(infra.trace()).splitlines() == [
        "trace:",
        "  query  database:kitchen  insert into calls (id, orders) values (0, 0)",
        "  call  endpoint:orders/place",
        f"    query  database:orders  {insert}",
        "    publish  topic:placed  Order(id=1, cake='tart'), by the outbox",
        "  deliver  subscription:placed/bake  attempt 1  failed: InjectedError: a test let it fail",
        "  deliver  subscription:placed/bake  attempt 2",
        f"    query  database:kitchen  {mark}",
        f"    query  database:kitchen  {bake_it}",
    ]
    assert [step.entry for step in infra.trace().of("query")] == [
        None,
        "endpoint:orders/place",
        "subscription:placed/bake",
        "subscription:placed/bake",
    ]


async def test_a_handler_that_nobody_knows_is_told_with_those_that_are(infra: Infra) -> None:
    with pytest.raises(LookupError) as raised:
        infra.fail(_cakes)
    assert "_cakes is no subscription or cron or endpoint: there are" in str(raised.value)


async def _cakes() -> list[tuple[int, str, int]]:
    rows = await kitchen_db.fetch("select id, cake, attempt from cakes order by id")
    return [(row["id"], row["cake"], row["attempt"]) for row in rows]
