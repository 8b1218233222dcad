"""The services of a run: each in a process of its own, replaced without refusing a request."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infragraph.local.application import LocalApplication
from infragraph.local.children import Child
from infragraph.local.restarting import Falls, ending, kept_up
from infragraph.local.warm import Warm
from infragraph.runtime.server import bound

_HOST = "127.0.0.1"
_READY_SECONDS = 30.0
_GRACE_SECONDS = 5.0

Tell = Callable[[str, str], None]
"""Takes a line that a service wrote, with the service's name."""


class ServiceStartError(Exception):
    """A service ended before it was ready; what it wrote says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process that is up; `files` are those that it has loaded."""

    child: Child
    reading: asyncio.Task[None]
    files: frozenset[Path]


@dataclass(slots=True, kw_only=True)
class Group:
    """Services that share a process; `names` are theirs.

    The socket is bound once: a new process takes it over while the old one still answers.
    """

    names: tuple[str, ...]
    listening: socket.socket
    process: "Process | None" = None
    keeping: asyncio.Task[None] | None = None
    replacing: asyncio.Lock = field(default_factory=asyncio.Lock)
    falls: Falls = field(default_factory=Falls)

    @property
    def title(self) -> str:
        return self.names[0] if len(self.names) == 1 else "application"


@dataclass(slots=True, kw_only=True)
class Services:
    """`graph` and `configuration` are the files that every process reads.

    `news` takes what people are to know of a process that ended by itself.
    """

    root: Path
    graph: Path
    configuration: Path
    variables: Mapping[str, str]
    tell: Tell
    news: Callable[[str], None]
    groups: list[Group] = field(default_factory=list[Group])
    warm: Warm = field(default_factory=Warm)

    async def arrange(self, application: LocalApplication, *, single: bool) -> dict[str, int]:
        """Bind what is missing and end what is no more; gives the port of each service."""
        names = application.services()
        wanted = [names] if single and names else [(name,) for name in names]
        known = {group.names: group for group in self.groups}
        gone = [group for group in self.groups if group.names not in wanted]
        self.groups = [
            known.get(group) or Group(names=group, listening=_listening()) for group in wanted
        ]
        await _all_ended(gone)
        return {name: _port(group) for group in self.groups for name in group.names}

    async def replace_all(self, groups: Sequence[Group]) -> None:
        """All of them, at the same time.

        Raises:
            ServiceStartError: one did not start; the others are replaced.
        """
        results = await asyncio.gather(
            *(self.replace(group) for group in groups), return_exceptions=True
        )
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def replace(self, group: Group) -> None:
        """Start a new process, and once it is ready end the one before it.

        Raises:
            ServiceStartError: it did not start; the one before goes on.
        """
        async with group.replacing:
            started = await self._started(group)
            before, group.process = group.process, started
            await _forget(group)
            group.falls = Falls()
            group.keeping = asyncio.create_task(self._keep(group, started))
        if before is not None:
            await _ended(before.child, before.reading)

    async def stop(self) -> None:
        await asyncio.gather(_all_ended(self.groups), self.warm.stop())

    async def _keep(self, group: Group, process: Process) -> None:
        """Start another one in the place of a process that ends by itself."""

        async def again() -> str | None:
            async with group.replacing:
                if group.process is not process:
                    return None
                try:
                    started = await self._started(group)
                except ServiceStartError as error:
                    return str(error)
                group.process = started
                group.keeping = asyncio.create_task(self._keep(group, started))
                return None

        began = asyncio.get_running_loop().time()
        code = await process.child.process.wait()
        await process.child.stop(0)  # what it started may have outlived it
        await asyncio.gather(process.reading, return_exceptions=True)
        lived = asyncio.get_running_loop().time() - began
        await kept_up(ending(group.title, code), group.falls, lived, again, self.news)

    async def _started(self, group: Group) -> Process:
        ready, told = os.pipe()
        command = [
            "serve",
            *(word for name in group.names for word in ("--service", name)),
            *("--root", str(self.root), "--graph", str(self.graph)),
            *("--config", str(self.configuration), "--grace", f"{_GRACE_SECONDS:g}"),
            *("--fd", str(group.listening.fileno()), "--ready-fd", str(told)),
        ]
        try:
            child = await self.warm.start(
                group.title,
                command,
                folder=self.root,
                variables=self.variables,
                kept=(group.listening.fileno(), told),
            )
        finally:
            os.close(told)
        reading = asyncio.create_task(self._read(child))
        try:
            files = await _ready(child, ready)
        except BaseException:
            await _ended(child, reading)
            raise
        return Process(child=child, reading=reading, files=files)

    async def _read(self, child: Child) -> None:
        async for line in _lines(child):
            self.tell(child.name, line)


async def _ready(child: Child, descriptor: int) -> frozenset[Path]:
    """The files that the process has loaded, which it says once it is up."""
    loop = asyncio.get_running_loop()
    said = bytearray()
    closed = loop.create_future()

    def read() -> None:
        part = os.read(descriptor, 1 << 16)
        said.extend(part)
        if not part and not closed.done():
            closed.set_result(None)

    loop.add_reader(descriptor, read)
    try:
        async with asyncio.timeout(_READY_SECONDS):
            await closed
    except TimeoutError:
        message = f"service {child.name!r} was not ready in {_READY_SECONDS:g} s"
        raise ServiceStartError(message) from None
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
    if not said:
        code = await child.process.wait()
        message = f"{ending(child.name, code)} at its start"
        raise ServiceStartError(message)
    return frozenset(Path(line) for line in said.decode().split("\n"))


async def _lines(child: Child) -> AsyncIterator[str]:
    output = child.process.stdout
    assert output is not None, "its output is a pipe"
    while True:
        try:
            line = await output.readline()
        except ValueError:
            # A line longer than the reader's limit: what is left of it comes next.
            continue
        if not line:
            return
        yield line.decode("utf-8", "replace").rstrip("\n")


async def _all_ended(groups: Sequence[Group]) -> None:
    await asyncio.gather(*(_forget(group) for group in groups))
    processes = [group.process for group in groups if group.process is not None]
    await asyncio.gather(*(_ended(it.child, it.reading) for it in processes))
    for group in groups:
        group.listening.close()


async def _forget(group: Group) -> None:
    """Its process is about to end, as it should."""
    keeping, group.keeping = group.keeping, None
    if keeping is not None:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _ended(child: Child, reading: asyncio.Task[None]) -> None:
    await child.stop(_GRACE_SECONDS + 1)
    await asyncio.gather(reading, return_exceptions=True)


def _listening() -> socket.socket:
    listening = bound(_HOST, 0)
    listening.listen(1024)
    return listening


def _port(group: Group) -> int:
    port: int = group.listening.getsockname()[1]
    return port
