"""Order per key: Pub/Sub hands out a key's messages in order, and does not wait for the first."""

from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

Held = TypeVar("Held")


class Order(Generic[Held]):
    """Of each key one message is at work, and those behind it are held."""

    def __init__(self) -> None:
        self._behind: dict[str, deque[Held]] = {}

    def admits(self, key: str, message: Held) -> bool:
        """Whether a message may be at work now; if not it is held. Without a key any may."""
        if not key:
            return True
        behind = self._behind.get(key)
        if behind is None:
            self._behind[key] = deque()
            return True
        behind.append(message)
        return False

    def settled(self, key: str, *, is_done: bool) -> tuple[Held | None, list[Held]]:
        """The one that may be at work next, and those that must come again after the first does."""
        behind = self._behind.get(key)
        if behind is None:
            return None, []
        if is_done and behind:
            return behind.popleft(), []
        del self._behind[key]
        return None, list(behind)

    def held(self) -> Iterator[Held]:
        """All that is held, which is forgotten."""
        for key in sorted(self._behind):
            behind = self._behind[key]
            while behind:
                yield behind.popleft()
