"""Crons whose schedule fills a queue, as on AWS: each message of it is one firing."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from infragraph.runtime.attempts import Attempt
from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.codec import codec
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.consuming import Consumed
from infragraph.runtime.crons import Firings
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.cron import Cron
from infragraph.sdk.errors import Reject
from infragraph.sdk.service import Service

# As the queue that we generate is set up; while a job runs its claim is renewed.
_DEADLINE = 300.0
_MIN_BACKOFF = 10.0
_MAX_BACKOFF = 300.0
_CONCURRENCY = 10
# The queue itself counts the attempts, and keeps what failed with its own dead letters.
_ATTEMPTS = 1 << 30


class NoInbox:
    """What a firing runs within: a job has its own span, and no inbox."""

    @asynccontextmanager
    async def handling(self, channel: Channel, delivery: Delivery) -> AsyncGenerator[Attempt]:
        del channel, delivery
        yield Attempt()


def cron_queues(
    services: Iterable[Service],
    configuration: Configuration,
    spans: Spans,
    threads: ThreadPoolExecutor,
) -> list[Consumed]:
    """One for each queue that fills by schedule; none where a scheduler calls."""
    crons: dict[str, dict[str, Cron]] = defaultdict(dict)
    for service in services:
        for cron in service.crons:
            url = configuration.address(f"cron:{cron.name}").get("queue_url")
            if url:
                crons[str(url)][cron.name] = cron
    firings = Firings(spans=spans, threads=threads)
    return [_consumed(url, known, firings) for url, known in sorted(crons.items())]


def _consumed(url: str, crons: dict[str, Cron], firings: Firings) -> Consumed:
    async def fire(said: dict[str, Any]) -> None:
        # One that is not known may be of a newer version, whose worker takes it next.
        cron = crons[str(said["cron"])]
        try:
            await firings.fire(cron)
        except Reject as error:
            # What is rejected is acknowledged, and here the queue alone keeps dead letters.
            message = f"the job rejects its firing: {error.reason}"
            raise RuntimeError(message) from error

    return Consumed(
        channel=Channel(
            id="cron:" + ",".join(sorted(crons)),
            topic="",
            address={"queue_url": url, "dead_letter_url": None},
            ack_deadline=_DEADLINE,
            concurrency=_CONCURRENCY,
            max_attempts=_ATTEMPTS,
            max_backoff=_MAX_BACKOFF,
            ordered=False,
            dead_letter=False,
            filter={},
        ),
        codec=codec(dict[str, Any]),
        handle=fire,
        takes_message=False,
        min_backoff=_MIN_BACKOFF,
        max_backoff=_MAX_BACKOFF,
    )
