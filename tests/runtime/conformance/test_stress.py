"""Many cases at once, on one broker."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.runtime.conformance import (
    test_closing,
    test_contents,
    test_delivery,
    test_failures,
    test_limits,
    test_order,
)
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import Bench, size

pytestmark = pytest.mark.slow

_CASES: tuple[Callable[[Bench], Awaitable[None]], ...] = (
    test_closing.test_a_cancelled_consumer_takes_nothing_more,
    test_closing.test_ten_that_open_and_close_at_once_keep_nothing,
    test_contents.test_bodies_and_attributes_of_all_kinds_travel,
    test_contents.test_poison_of_others_is_dead_and_the_rest_flows,
    test_contents.test_what_others_publish_is_handled,
    test_delivery.test_each_subscription_gets_every_message,
    test_delivery.test_failed_messages_come_again,
    test_delivery.test_ids_bodies_attributes_and_times_are_equal,
    test_failures.test_a_rejected_message_is_dead_at_once,
    test_failures.test_after_its_attempts_a_message_is_a_dead_letter_with_all_of_it,
    test_failures.test_poison_is_dead_and_the_others_flow,
    test_limits.test_concurrency_is_reached_and_never_exceeded,
    test_order.test_a_key_is_in_order_through_refusals,
    test_order.test_a_key_waits_for_its_first_message_and_others_do_not,
)


@case("stress")
async def test_cases_hold_beside_each_other(sized: Bench) -> None:
    times = size(sized, 10, least=1)
    await asyncio.gather(*(_tried(it, sized) for _ in range(times) for it in _CASES))


async def _tried(case: Callable[[Bench], Awaitable[None]], bench: Bench) -> None:
    """What a broker lacks it lacks here too."""
    try:
        await case(bench)
    except pytest.skip.Exception:
        return
