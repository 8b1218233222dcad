"""A consumer in a process of its own, which tests kill.

    python -m tests.runtime.conformance.worker '{"broker": …}' '<channel>' <mode> <seconds> <grace>

Writes a line for each step, so that a test knows when to kill it: `begun ID`, `done ID`,
`draining`. Modes: `hang` never ends a handler; `slow` takes so many seconds; `die` dies after the
effect.
"""

import asyncio
import json
import os
import signal
import sys
from random import Random
from typing import Any

from infragraph.runtime.brokers.broker import Channel
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.runtime.server import on_termination
from infragraph.sdk.message import Message
from tests.runtime.conformance.brokers import broker_of
from tests.runtime.consuming_on_memory import NothingAround


async def run(
    settings: dict[str, Any], channel: Channel, mode: str, seconds: float, grace: float
) -> int:
    """Consume until SIGTERM; gives the exit code as `serve` does."""
    broker = broker_of(settings)
    await broker.open()

    async def handle(message: Message[Any]) -> None:
        say(f"begun {message.id}")
        if mode == "hang":
            await asyncio.Event().wait()
        await asyncio.sleep(seconds)
        say(f"done {message.id}")
        if mode == "die":
            os.kill(os.getpid(), signal.SIGKILL)

    consumer = Consumer(
        consumed=Consumed(
            channel=channel,
            codec=codec(Any),
            handle=handle,
            takes_message=True,
            min_backoff=0.05,
            max_backoff=channel.max_backoff,
        ),
        broker=broker,
        clock=SystemClock(),
        around=NothingAround(),
        random=Random(1),  # noqa: S311 - jitter
    )
    told, again = asyncio.Event(), asyncio.Event()

    def tell() -> None:
        (again if told.is_set() else told).set()

    on_termination(tell)
    consumer.start()
    say("ready")
    await told.wait()
    say("draining")
    draining = asyncio.create_task(consumer.drain(grace))
    asked = asyncio.create_task(again.wait())
    await asyncio.wait((draining, asked), return_when=asyncio.FIRST_COMPLETED)
    interrupted = 0 if draining.done() else await consumer.drain(0)
    interrupted += await draining
    await broker.close()
    return 1 if interrupted else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given, described, mode, seconds, grace = sys.argv[1:]
    channel = Channel(**json.loads(described))
    sys.exit(asyncio.run(run(json.loads(given), channel, mode, float(seconds), float(grace))))
