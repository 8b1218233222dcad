"""What the runtime traces; whoever carries a process says how, or that nothing is."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from infragraph.runtime.brokers.broker import Channel, Delivery


class Spans(Protocol):
    """Each makes a span as long as its block; an exception in the block is the span's."""

    def publishing(self, topic: str, count: int) -> AbstractContextManager[str | None]:
        """A publish; gives the `traceparent` that travels with the messages, None for none."""
        ...

    def handling(self, channel: Channel, delivery: Delivery) -> AbstractContextManager[None]:
        """One attempt at a message, linked to the span that published it."""
        ...

    def serving(
        self, node: str, method: str, path: str, headers: Mapping[str, str]
    ) -> AbstractContextManager[Callable[[int], None]]:
        """A request that is answered, within the trace that its headers name.

        Gives what is told the answer's status.
        """
        ...

    def calling(self, node: str) -> AbstractContextManager[Mapping[str, str]]:
        """A call of another service; gives the headers that carry the trace."""
        ...

    def querying(self, database: str, sql: str) -> AbstractContextManager[None]:
        """A statement that a database runs."""
        ...

    def running(self, node: str) -> AbstractContextManager[None]:
        """A cron's run."""
        ...


class NoSpans:
    """Nothing is traced."""

    __slots__ = ()

    def publishing(self, topic: str, count: int) -> AbstractContextManager[str | None]:
        del topic, count
        return nullcontext()

    def handling(self, channel: Channel, delivery: Delivery) -> AbstractContextManager[None]:
        del channel, delivery
        return nullcontext()

    def serving(
        self, node: str, method: str, path: str, headers: Mapping[str, str]
    ) -> AbstractContextManager[Callable[[int], None]]:
        del node, method, path, headers
        return nullcontext(_untold)

    def calling(self, node: str) -> AbstractContextManager[Mapping[str, str]]:
        del node
        return nullcontext({})

    def querying(self, database: str, sql: str) -> AbstractContextManager[None]:
        del database, sql
        return nullcontext()

    def running(self, node: str) -> AbstractContextManager[None]:
        del node
        return nullcontext()


def _untold(_status: int) -> None:
    """Nobody is told."""
