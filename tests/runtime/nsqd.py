"""nsqd and nsqlookupd, for as long as a test needs them.

The variable names nsqd, with nsqlookupd beside it; else they are found on PATH, or where
`.ci/readers` builds them if Go is here. A test that needs them skips where they are not.
"""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from infragraph.local.ports import free_port
from tests.readers.installed import ran, tool

PLACE = "INFRAGRAPH_NSQD"
_SECONDS = 10.0


class Nsqd:
    """One nsqd, which keeps its ports and its folder when it is started again."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options
        self._ports = free_port("127.0.0.1"), free_port("127.0.0.1")
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._ports[0]}"

    @property
    def http(self) -> str:
        return f"127.0.0.1:{self._ports[1]}"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        # Beyond what a client holds, all is on disk.
        self._process = await _started(
            program("nsqd"),
            self._ports[0],
            self._folder / "nsqd.log",
            *("-tcp-address", self.address, "-http-address", self.http),
            *("-broadcast-address", "127.0.0.1", "-data-path", str(self._folder)),
            *("-mem-queue-size", "0"),
            *self._options,
        )

    async def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self._process is not None, "it is up"
        self._process.send_signal(how)
        await self._process.wait()


@asynccontextmanager
async def nsqd(folder: Path, *options: str) -> AsyncGenerator[Nsqd]:
    """A block in which one is up."""
    made = Nsqd(folder, *options)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


def program(name: str) -> str:
    """Where it is; skips the test where it is not."""
    named = os.environ.get(PLACE)
    if named:
        return str(Path(named).with_name(name))
    found = shutil.which(name) or tool(name)
    ran("nsqd")
    return found


@asynccontextmanager
async def nsqlookupd(folder: Path) -> AsyncGenerator[tuple[str, str]]:
    """A block in which one is up; gives where nsqds register, and where it is asked."""
    tcp, http = free_port("127.0.0.1"), free_port("127.0.0.1")
    addresses = f"127.0.0.1:{tcp}", f"127.0.0.1:{http}"
    process = await _started(
        program("nsqlookupd"),
        http,
        folder / "nsqlookupd.log",
        *("-tcp-address", addresses[0], "-http-address", addresses[1]),
        *("-broadcast-address", "127.0.0.1"),
    )
    try:
        yield addresses
    finally:
        process.kill()
        await process.wait()


async def _started(program: str, port: int, log: Path, *options: str) -> asyncio.subprocess.Process:
    with log.open("ab") as written:
        process = await asyncio.create_subprocess_exec(
            program, *options, stdout=written, stderr=written
        )
    async with asyncio.timeout(_SECONDS):
        while True:
            assert process.returncode is None, f"it ended: {log}"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return process
