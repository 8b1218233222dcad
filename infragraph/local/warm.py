"""Processes for services that start soon: they have loaded all but the application itself.

That is most of the time between a save and its first answer.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from infragraph.local.children import Child, start
from infragraph.local.waiting import tell

_WAITING = 2
"""How many wait: as many as start at a time on a small machine. Each has some 50 MB."""

_QUIET_SECONDS = 1.0
"""After the last start: those that start are not to be held up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spare:
    child: Child
    telling: socket.socket
    folder: Path
    variables: Mapping[str, str]

    async def end(self) -> None:
        self.telling.close()
        await self.child.stop(1)


class Warm:
    """Starts services; by one of the processes that wait, where there is one."""

    def __init__(self) -> None:
        self._spares: list[_Spare] = []
        self._filling: asyncio.Task[None] | None = None
        self._is_starting = False

    async def start(
        self,
        name: str,
        words: Sequence[str],
        *,
        folder: Path,
        variables: Mapping[str, str],
        kept: Sequence[int],
    ) -> Child:
        """Start `infragraph` with these words; it has the descriptors `kept`, which they name.

        Raises:
            OSError: it cannot be started.
        """
        await self._stop_filling()
        self._filling = asyncio.create_task(self._fill(folder, variables))
        while self._spares:
            spare = self._spares.pop()
            if (spare.folder, spare.variables) == (folder, variables):
                with contextlib.suppress(OSError):
                    tell(spare.telling, list(words))
                    spare.telling.close()
                    return replace(spare.child, name=name)
            await spare.end()
        return await start(
            name,
            [sys.executable, "-m", "infragraph", *words],
            folder=folder,
            variables=variables,
            output=asyncio.subprocess.PIPE,
            kept=kept,
        )

    async def stop(self) -> None:
        """End those that wait."""
        await self._stop_filling()
        await asyncio.gather(*(spare.end() for spare in self._spares))
        self._spares.clear()

    async def _stop_filling(self) -> None:
        filling, self._filling = self._filling, None
        if filling is not None:
            if not self._is_starting:
                filling.cancel()
            # A start that is under way is not to be cut off: it may have its process already.
            await asyncio.gather(filling, return_exceptions=True)

    async def _fill(self, folder: Path, variables: Mapping[str, str]) -> None:
        await asyncio.sleep(_QUIET_SECONDS)
        self._is_starting = True
        try:
            while len(self._spares) < _WAITING:
                self._spares.append(await _spare(folder, variables))
        finally:
            self._is_starting = False


async def _spare(folder: Path, variables: Mapping[str, str]) -> _Spare:
    ours, theirs = socket.socketpair()
    with theirs:
        words = ["-m", "infragraph.local.waiting", str(theirs.fileno()), str(folder)]
        child = await start(
            "waiting",
            [sys.executable, *words],
            folder=folder,
            variables=variables,
            output=asyncio.subprocess.PIPE,
            kept=(theirs.fileno(),),
        )
    return _Spare(child=child, telling=ours, folder=folder, variables=variables)
