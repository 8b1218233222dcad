"""The inbox: a message takes effect once, since the mark that it did is in the same transaction."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from infragraph.runtime.attempts import Inbox
from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.databases.driver import JOINED, Driver

_MARK = """
insert into infragraph.inbox (subscription, message_id) values ($1, $2) on conflict do nothing
"""


def inbox(database: str, driver: Driver) -> Inbox:
    """What the attempts of a subscription run within; the verbs of `database` join it."""

    @asynccontextmanager
    async def handling(channel: Channel, delivery: Delivery) -> AsyncGenerator[bool]:
        async with driver.transaction() as transaction:
            # A second delivery of the same message waits here until the first has ended.
            is_new = await transaction.execute(_MARK, channel.id, delivery.envelope.id) == 1
            token = JOINED.set({**(JOINED.get() or {}), database: transaction})
            try:
                yield not is_new
            finally:
                JOINED.reset(token)

    return handling
