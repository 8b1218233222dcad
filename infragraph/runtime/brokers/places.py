"""How many messages of a subscription may still be handed out."""

import asyncio


class Places:
    """`concurrency` of them; one is free again once its message is settled."""

    def __init__(self, concurrency: int) -> None:
        self._free = concurrency
        self._freed = asyncio.Event()

    async def take(self) -> int:
        """All that are free, at least one; what is not used is given back."""
        while self._free == 0:
            self._freed.clear()
            await self._freed.wait()
        taken, self._free = self._free, 0
        return taken

    def give(self, count: int) -> None:
        self._free += count
        self._freed.set()
