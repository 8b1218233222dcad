"""A broker that is ended: its bench, with what proves that it is another one afterwards."""

import signal
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from infragraph.local import nats, nsq
from infragraph.local.ports import free_port
from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter
from tests.runtime.conformance.benches import NatsBench
from tests.runtime.conformance.nsq_bench import NsqBench
from tests.runtime.nsqd import Nsqd, program


class Target(Protocol):
    """A broker whose process is known; `port` is where it listens, whenever it runs."""

    name: str
    port: int

    def connection(self) -> AbstractAsyncContextManager[Broker]: ...

    async def prepare(self, broker: Broker, *channels: Channel) -> None: ...

    async def letters(self, channel: Channel) -> list[DeadLetter]: ...

    def settings(self) -> Mapping[str, Any]: ...

    async def restart_by(self, how: signal.Signals) -> bool:
        """End it and start it again.

        Gives whether that is proven: its process ended by the signal, and what answers now is
        another one, by the name that it says of itself.
        """
        ...


class NatsTarget(NatsBench):
    """As `infragraph run` starts it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port = self._port

    async def restart_by(self, how: signal.Signals) -> bool:
        assert self.server is not None, "it is up"
        before, process = self.server.name, self.server.child.process
        process.send_signal(how)
        code = await process.wait()
        self.server = await nats.started(self._folder, self._port, self._token)
        return _is_ended(code, how) and self.server.name != before


class NsqTarget(NsqBench):
    """As `infragraph run` starts it."""

    def __init__(self, folder: Path) -> None:
        self._local = _LocalNsqd(folder)
        self.port = self._local.port
        super().__init__(self._local)

    async def start(self) -> None:
        await self._local.start()

    async def stop(self) -> None:
        await self._local.stop()

    async def restart_by(self, how: signal.Signals) -> bool:
        before, process = self._local.server.name, self._local.server.child.process
        process.send_signal(how)
        code = await process.wait()
        await self._local.start()
        return _is_ended(code, how) and self._local.server.name != before


class _LocalNsqd(Nsqd):
    """The bench's nsqd, started as a run does."""

    server: nsq.NsqServer

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._place = folder
        self.port = free_port("127.0.0.1")

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.server = await nsq.started(Path(program("nsqd")), self._place, self.port)

    async def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        await self.server.child.stop(0, how)


@asynccontextmanager
async def target(broker: str, folder: Path) -> AsyncGenerator[Target]:
    """The bench of a broker, up.

    Raises:
        KeyError: there is none.
    """
    made: dict[str, Callable[[Path], NatsTarget | NsqTarget]] = {
        "nats": NatsTarget,
        "nsq": NsqTarget,
    }
    bench = made[broker](folder)
    await bench.start()
    try:
        yield bench
    finally:
        await bench.stop()


def _is_ended(code: int, how: signal.Signals) -> bool:
    """A program that is asked to end says that it has; one that is killed says nothing."""
    return code == -how if how is signal.SIGKILL else code in (0, -how)
