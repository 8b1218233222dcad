"""A broker that is killed: its bench, with what proves that it is another one afterwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from tests.runtime.conformance.benches import NatsBench
from tests.runtime.conformance.harness import Bench


class Target(Bench, Protocol):
    """A bench whose broker has an identity."""

    def identity(self) -> str:
        """Of the process that answers now; no two processes have the same."""
        ...


@asynccontextmanager
async def target(broker: str, folder: Path) -> AsyncGenerator[Target]:
    """The bench of a broker, up.

    Raises:
        KeyError: there is none.
    """
    bench = {"nats": NatsBench}[broker](folder)
    await bench.start()
    try:
        yield bench
    finally:
        await bench.stop()
