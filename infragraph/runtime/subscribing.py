"""A declared subscription, made ready to be run."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from typing import Any

from infragraph.runtime.brokers.broker import Channel
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed
from infragraph.runtime.handlers import awaitable, takes_message
from infragraph.runtime.quantities import seconds
from infragraph.sdk.subscription import Constant, Subscription


def consumed(
    subscription: Subscription[Any], address: Mapping[str, object], threads: ThreadPoolExecutor
) -> Consumed:
    """What a consumer runs; `address` is the subscription's entry in the runtime configuration."""
    return Consumed(
        channel=channel(subscription, address),
        codec=codec(subscription.topic.payload_type),
        handle=awaitable(subscription.handler, threads),
        takes_message=takes_message(subscription.handler),
        min_backoff=seconds(subscription.retry.min_backoff),
        max_backoff=seconds(subscription.retry.max_backoff),
    )


def channel(subscription: Subscription[Any], address: Mapping[str, object]) -> Channel:
    """The subscription as a broker sees it."""
    topic = subscription.topic
    return Channel(
        id=f"subscription:{topic.name}/{subscription.name}",
        topic=f"topic:{topic.name}",
        address=address,
        ack_deadline=seconds(subscription.ack_deadline),
        concurrency=subscription.concurrency,
        max_attempts=subscription.retry.max_attempts,
        max_backoff=seconds(subscription.retry.max_backoff),
        ordered=topic.ordering_key is not None,
        dead_letter=subscription.dead_letter,
        filter={
            name: tuple(_text(it) for it in (wanted if isinstance(wanted, tuple) else (wanted,)))
            for name, wanted in sorted((subscription.filter or {}).items())
        },
    )


def _text(constant: Constant) -> str:
    """As an attribute travels."""
    value = constant.value if isinstance(constant, Enum) else constant
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
