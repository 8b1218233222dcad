"""Consumers in processes of their own, and what they have written of their work."""

import asyncio
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infragraph.runtime.brokers.broker import Channel
from tests.runtime.chaos.work import Begun, Done, Work, read_line


@dataclasses.dataclass(eq=False, kw_only=True)
class _Log:
    """What a worker writes; `read` is how much of it was read already."""

    path: Path
    read: int = 0
    begun: list[Begun] = dataclasses.field(default_factory=list[Begun])
    done: list[Done] = dataclasses.field(default_factory=list[Done])

    def now(self) -> "_Log":
        """With what was written since."""
        if not self.path.exists():
            return self
        with self.path.open("rb") as file:
            file.seek(self.read)
            whole, end, _ = file.read().rpartition(b"\n")
        self.read += len(whole) + len(end)
        for text in whole.decode().splitlines():
            match read_line(text):
                case Begun() as line:
                    self.begun.append(line)
                case Done() as line:
                    self.done.append(line)
        return self


class Crew:
    """Workers on one subscription; `folder` has a log of each."""

    def __init__(
        self, settings: Mapping[str, Any], channel: Channel, folder: Path, work: Work
    ) -> None:
        self._settings = settings
        self._channel = channel
        self._folder = folder
        self._work = work
        self._logs: dict[asyncio.subprocess.Process, _Log] = {}
        self.workers: list[asyncio.subprocess.Process] = []

    async def hire(self) -> None:
        """A worker more, which consumes."""
        log = self._folder / f"worker-{len(self._logs) + 1}.log"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.runtime.chaos.worker"),
            json.dumps(self._settings),
            json.dumps(dataclasses.asdict(self._channel)),
            json.dumps(dataclasses.asdict(self._work)),
            str(log),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self._logs[process] = _Log(path=log)
        self.workers.append(process)
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"

    async def dismiss(self) -> None:
        """End all, whatever they do."""
        for worker in self._logs:
            if worker.returncode is None:
                worker.kill()
            await worker.wait()

    async def finishes(self, messages: set[str], seconds: float) -> None:
        """Until all of these messages are handled, or for so long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            if messages <= self.finished().keys():
                return
            await asyncio.sleep(0.5)

    def attempts(self) -> Counter[str]:
        """How often each message was handed out, by its id."""
        return Counter(it.message for log in self._logs.values() for it in log.now().begun)

    def finished(self) -> Counter[str]:
        """How often each message was handled to its end, by its id."""
        return Counter(it.message for log in self._logs.values() for it in log.now().done)

    def done(self) -> int:
        """How many handlers have come to their end."""
        return sum(len(log.now().done) for log in self._logs.values())

    def first_done(self) -> dict[str, float]:
        """When each message was handled first, by the system's clock."""
        times: dict[str, float] = {}
        for line in (it for log in self._logs.values() for it in log.now().done):
            times[line.message] = min(line.at, times.get(line.message, line.at))
        return times

    def at_work(self, worker: asyncio.subprocess.Process) -> int:
        """How many messages one has begun and not brought to their end."""
        log = self._logs[worker].now()
        return len(log.begun) - len(log.done)
