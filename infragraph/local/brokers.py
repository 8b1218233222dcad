"""The broker of a run: started with it, or one that runs already."""

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from infragraph.local import nats, nsq
from infragraph.local.application import LocalApplication

MEMORY = "memory"
NATS = "nats"
NSQ = "nsq"


class BrokerStartError(Exception):
    """There is no broker; the text says what to do."""


@asynccontextmanager
async def brokered(
    broker: str, nsqd: str | None, state: Path, step: Callable[[str], None]
) -> AsyncGenerator[Mapping[str, Any] | None]:
    """A block in which the broker answers; gives how it is reached, None where it has no address.

    `nsqd` is the HOST:PORT of one that runs already, None for one of the run's own.

    Raises:
        BrokerStartError: it does not answer.
    """
    try:
        if broker == MEMORY:
            yield None
        elif broker == NATS:
            step("starting NATS JetStream")
            async with nats.running(state / "nats") as server:
                yield {"servers": [server.url]}
        elif nsqd is not None:
            step(f"using the nsqd at {nsqd}")
            await nsq.reached(nsqd)
            yield {"nsqd": nsqd}
        else:
            step("starting nsqd")
            async with nsq.running(state / "nsq") as started:
                yield {"nsqd": started.address}
    except (
        nats.NatsMissingError,
        nats.NatsStartError,
        nsq.NsqMissingError,
        nsq.NsqStartError,
    ) as error:
        raise BrokerStartError(str(error)) from error


def lacks(broker: str, application: LocalApplication) -> Iterator[str]:
    """What the application asks for and the broker does not give, by name."""
    if broker != NSQ:
        return
    for topic in application.of_kind("topic"):
        name, properties = topic["name"], topic["properties"]
        if properties["ordering_key"] is not None:
            yield (
                f"NSQ keeps no order: messages of topic '{name}', which is ordered by "
                f"'{properties['ordering_key']}', are handled in any order"
            )
        if properties["delivery"] == "exactly-once":
            yield (
                f"NSQ drops no duplicate: a message of topic '{name}', which is exactly-once, "
                "may be handled twice where a subscription has no inbox"
            )
