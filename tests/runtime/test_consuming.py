import asyncio
from collections.abc import AsyncIterator

import pytest

from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter, Delivery
from infragraph.runtime.brokers.dead_letters import REDRIVE
from infragraph.sdk.errors import Reject, RetryAfter
from infragraph.sdk.message import Message
from tests.runtime.clocks import settle
from tests.runtime.consuming_on_memory import SUBSCRIPTION, running


async def test_a_message_is_acknowledged_only_after_its_handler_returned() -> None:
    go_on = asyncio.Event()

    async def handle(_number: int) -> None:
        await go_on.wait()

    async with running(handle) as run:
        await run.publish(1)
        assert run.broker.pending() == 1
        go_on.set()
        await settle()
        assert run.broker.pending() == 0


async def test_a_failed_message_comes_again_after_its_backoff() -> None:
    attempts: list[tuple[int, float]] = []

    async def handle(message: Message[int]) -> None:
        attempts.append((message.attempt, run.clock.now().timestamp()))
        if message.attempt < 3:
            raise ValueError(message.body)

    async with running(handle, takes_message=True) as run:
        start = run.clock.now().timestamp()
        await run.publish(1)
        assert attempts == [(1, start)]
        await run.clock.advance(30)
        assert [attempt for attempt, _ in attempts] == [1, 2, 3]
        assert attempts[1][1] - start <= 10
        assert attempts[2][1] - attempts[1][1] <= 20
        assert run.broker.pending() == 0
        assert run.broker.dead == {}


async def test_the_last_attempt_is_followed_by_a_dead_letter_with_its_reason() -> None:
    async def handle(number: int) -> None:
        raise ValueError(number)

    async with running(handle) as run:
        await run.publish(7)
        await run.clock.advance(60)
        (letter,) = run.broker.dead[SUBSCRIPTION]
        assert (letter.envelope.id, letter.reason, letter.attempts) == ("7", "ValueError: 7", 3)
        assert run.broker.pending() == 0


async def test_a_rejected_message_is_dead_at_once() -> None:
    async def handle(number: int) -> None:
        reason = f"{number} is odd"
        raise Reject(reason)

    async with running(handle) as run:
        await run.publish(7)
        (letter,) = run.broker.dead[SUBSCRIPTION]
        assert (letter.reason, letter.attempts) == ("7 is odd", 1)


async def test_without_dead_letters_a_message_is_gone_after_its_last_attempt() -> None:
    async def handle(number: int) -> None:
        raise ValueError(number)

    async with running(handle, dead_letter=False) as run:
        await run.publish(7)
        await run.clock.advance(60)
        assert run.broker.dead == {}
        assert run.broker.pending() == 0


async def test_a_handler_says_when_its_message_comes_again() -> None:
    times: list[float] = []

    async def handle(_number: int) -> None:
        times.append(run.clock.now().timestamp())
        if len(times) == 1:
            raise RetryAfter(45)

    async with running(handle) as run:
        await run.publish(1)
        await run.clock.advance(44)
        assert len(times) == 1
        await run.clock.advance(2)
        assert times[1] - times[0] == 45


async def test_a_body_that_does_not_decode_is_dead_after_its_attempts_and_others_flow() -> None:
    handled: list[int] = []

    async def handle(number: int) -> None:
        handled.append(number)

    async with running(handle) as run:
        await run.publish(b"{", 5)
        await run.clock.advance(60)
        (letter,) = run.broker.dead[SUBSCRIPTION]
        assert letter.reason.startswith("the body does not decode: ")
        assert letter.attempts == 3
        assert handled == [5]


async def test_a_message_whose_dead_letter_is_not_kept_comes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def handle(number: int) -> None:
        reason = str(number)
        raise Reject(reason)

    async def bury(channel: Channel, letter: DeadLetter) -> None:
        del channel
        message = f"{letter.envelope.id} is not kept"
        raise BrokerError(message)

    async with running(handle, concurrency=1) as run:
        with monkeypatch.context() as broken:
            broken.setattr(run.broker, "bury", bury)
            await run.publish(1, 2)
            # Both: the first does not keep its place.
            assert (run.broker.unsettled(), run.broker.pending()) == (0, 2)
        await run.clock.advance(61)
        assert sorted(it.envelope.id for it in run.broker.dead[SUBSCRIPTION]) == ["1", "2"]
        assert run.broker.pending() == 0


async def test_a_mistake_of_a_broker_costs_no_place_and_no_message(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def handle(number: int) -> None:
        if number == 1:
            reason = "not this one"
            raise Reject(reason)

    async def bury(channel: Channel, _letter: DeadLetter) -> None:
        raise KeyError(channel.id)

    async with running(handle, concurrency=1) as run:
        monkeypatch.setattr(run.broker, "bury", bury)
        await run.publish(1, 2)
        assert (run.broker.unsettled(), run.broker.pending()) == (0, 1)
    assert f"KeyError: '{SUBSCRIPTION}'" in caplog.text


async def test_deliveries_that_end_are_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    handled: list[int] = []

    async def handle(number: int) -> None:
        handled.append(number)

    async def broken(_channel: Channel) -> AsyncIterator[Delivery]:
        message = "no delivery"
        raise KeyError(message)
        yield

    async with running(handle) as run:
        await run.consumer.drain(0)
        with monkeypatch.context() as changed:
            changed.setattr(run.broker, "receive", broken)
            run.consumer.start()
            await settle()
        await run.publish(1)
        async with asyncio.timeout(10):
            while not handled:  # noqa: ASYNC110 - nobody tells a test
                await asyncio.sleep(0.01)
    assert handled == [1]
    assert "KeyError: 'no delivery'" in caplog.text


async def test_concurrency_is_reached_and_never_exceeded() -> None:
    at_work, most = 0, 0

    async def handle(_number: int) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        at_work -= 1

    async with running(handle, concurrency=4) as run:
        await run.publish(*range(20))
        await settle()
        await settle()
        assert run.broker.pending() == 0
    assert most == 4


async def test_a_key_is_handled_in_order_and_blocks_no_other() -> None:
    handled: list[int] = []
    failed: set[int] = set()

    async def handle(number: int) -> None:
        if number == 1 and number not in failed:
            failed.add(number)
            raise ValueError(number)
        handled.append(number)

    async with running(handle, ordered=True) as run:
        await run.publish(1, 2, 3, key="a")
        await run.publish(11, 12, key="b")
        assert handled == [11, 12]
        await run.clock.advance(60)
        assert handled == [11, 12, 1, 2, 3]


async def test_a_filter_selects_by_attributes() -> None:
    handled: list[int] = []

    async def handle(number: int) -> None:
        handled.append(number)

    async with running(handle, filter={"country": ("NL", "BE")}) as run:
        await run.publish(1, attributes={"country": "NL"})
        await run.publish(2, attributes={"country": "FR"})
        await run.publish(3)
        assert handled == [1]
        assert run.broker.pending() == 0


async def test_a_dead_letter_that_is_sent_again_is_for_the_one_that_gave_it_up() -> None:
    handled: list[int] = []

    async def handle(number: int) -> None:
        handled.append(number)

    async with running(handle) as run:
        await run.publish(1, attributes={REDRIVE: "subscription:numbers/another"})
        await run.publish(2, attributes={REDRIVE: SUBSCRIPTION})
        assert handled == [2]
        assert run.broker.pending() == 0


async def test_draining_waits_for_handlers_and_gives_back_what_is_late() -> None:
    async def handle(number: int) -> None:
        if number == 2:
            await asyncio.Event().wait()

    async with running(handle) as run:
        await run.publish(1, 2)
        assert await run.consumer.drain(0.01) == 1
        assert run.broker.pending() == 1
        await run.publish(3)
        assert run.broker.pending() == 2


async def test_a_handler_that_cancels_itself_has_failed() -> None:
    attempts = 0

    async def handle(_number: int) -> None:
        nonlocal attempts
        attempts += 1
        raise asyncio.CancelledError

    async with running(handle) as run:
        await run.publish(1)
        await run.clock.advance(60)
        assert attempts == 3
        (letter,) = run.broker.dead[SUBSCRIPTION]
        assert letter.reason == "RuntimeError: the handler was cancelled from within: "


async def test_a_message_that_took_its_last_process_with_it_is_given_up() -> None:
    attempts = 0

    async def handle(_number: int) -> None:
        nonlocal attempts
        attempts += 1
        await asyncio.Event().wait()

    async with running(handle, max_attempts=1) as run:
        await run.publish(1)
        await run.consumer.drain(0)
        run.consumer.start()
        await settle()
        (letter,) = run.broker.dead[SUBSCRIPTION]
        reason = "RuntimeError: the last attempt did not end, or its dead letter was not kept"
        assert (letter.reason, letter.attempts) == (reason, 2)
        assert attempts == 1
