"""Waiting for a broker that is not there yet, as when all of an environment starts at once."""

import asyncio
import contextlib
import logging

from infragraph.runtime.brokers.broker import Broker, BrokerError

LOG = logging.getLogger("infragraph")

PATIENCE = 60.0
"""For how many seconds it is waited for."""

_AGAIN_SECONDS = 0.25
_LONGEST_AGAIN = 5.0
_REMIND_SECONDS = 5.0


async def open_broker(broker: Broker, patience: float = PATIENCE) -> None:
    """Open it, again and again while it is away, with a warning each time.

    Raises:
        BrokerError: it was away for `patience` seconds.
    """
    said = "it did not answer"
    pause = _AGAIN_SECONDS
    try:
        async with asyncio.timeout(patience):
            while True:
                try:
                    await _opened(broker)
                except BrokerError as error:
                    said = str(error)
                    LOG.warning("the broker is not there, and is asked again: %s", said)
                else:
                    return
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_AGAIN)
    except TimeoutError:
        message = f"the broker was not there for {patience:g} s: {said}"
        raise BrokerError(message) from None


async def _opened(broker: Broker) -> None:
    """Clients that wait by themselves do so in silence."""
    reminder = asyncio.create_task(_remind())
    try:
        await broker.open()
    finally:
        reminder.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reminder


async def _remind() -> None:
    while True:
        await asyncio.sleep(_REMIND_SECONDS)
        LOG.warning("the broker does not answer, and is waited for")
