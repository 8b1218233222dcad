"""Messages that this process handed back for later, in case their nsqd is gone by then.

nsqd keeps what waits in its memory alone, so that a killed one loses it. The process that handed it
back then puts it back, and there it may be twice where nsqd lives and only the connection is gone.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from infragraph.runtime.brokers.nsq.subscriber import Handed

_MOST = 1000
_MOST_BYTES = 16 << 20
# nsqd looks every 100 ms for what is due. What was with another process when nsqd was killed would
# come twice, so that this is not longer.
_LATE_SECONDS = 0.5
_LOOK_SECONDS = 0.1

_Key = tuple[str, bytes]


@dataclass(slots=True)
class _Waiting:
    """A message that is due at a time of the loop."""

    handed: Handed
    due: float
    timer: asyncio.TimerHandle


class Carrying:
    """`put_back` takes those that only this process knows of."""

    def __init__(self, put_back: Callable[[Handed], None]) -> None:
        self._put_back = put_back
        self._waiting: dict[_Key, _Waiting] = {}
        self._bytes = 0
        self._is_stopped = False

    def keep(self, handed: Handed, delay: float) -> None:
        """Remember a message that is to come again in `delay` seconds."""
        self.forget(handed)
        size = len(handed.message.body)
        if self._is_stopped or len(self._waiting) >= _MOST or self._bytes + size > _MOST_BYTES:
            return
        loop = asyncio.get_running_loop()
        due = loop.time() + delay
        self._bytes += size
        self._waiting[_key(handed)] = _Waiting(handed, due, loop.call_at(due, self._look, handed))

    def forget(self, handed: Handed) -> None:
        """It has come from nsqd."""
        known = self._waiting.pop(_key(handed), None)
        if known is not None:
            known.timer.cancel()
            self._bytes -= len(known.handed.message.body)

    def stop(self) -> list[Handed]:
        """Forget all; gives those that only this process knows of."""
        self._is_stopped = True
        lost = [it.handed for it in self._waiting.values() if it.handed.is_lost]
        for known in list(self._waiting.values()):
            self.forget(known.handed)
        return lost

    def _look(self, handed: Handed) -> None:
        known = self._waiting[_key(handed)]
        loop = asyncio.get_running_loop()
        if handed.is_lost:
            self.forget(handed)
            self._put_back(handed)
        elif loop.time() > known.due + _LATE_SECONDS:
            # Another process has it.
            self.forget(handed)
        else:
            known.timer = loop.call_later(_LOOK_SECONDS, self._look, handed)


def _key(handed: Handed) -> _Key:
    return handed.address, handed.message.id
