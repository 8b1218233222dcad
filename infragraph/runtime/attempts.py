"""What one attempt at a message runs within: whose code it is, its span, its inbox."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.tracing.spans import Spans


@dataclass(frozen=True, slots=True)
class Attempt:
    """`is_handled` where the inbox knows that the message took effect before."""

    is_handled: bool = False


Inbox = Callable[[Channel, Delivery], AbstractAsyncContextManager[bool]]
"""A block in one transaction with the record that a message was handled; gives whether it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """The attempts of one subscription of `service`."""

    service: str
    spans: Spans
    inbox: Inbox | None

    @asynccontextmanager
    async def handling(self, channel: Channel, delivery: Delivery) -> AsyncGenerator[Attempt]:
        token = RUNNING.set(Running(service=self.service, entry=channel.id))
        try:
            with self.spans.handling(channel, delivery):
                if self.inbox is None:
                    yield Attempt()
                else:
                    async with self.inbox(channel, delivery) as is_handled:
                        yield Attempt(is_handled)
        finally:
            RUNNING.reset(token)
