"""Failures that a test asks for."""

from collections import defaultdict, deque


class InjectedError(Exception):
    """What fails in a test that names no error of its own."""


class Failures:
    """What is still to fail, by node; each failure happens once."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self._raised: list[Exception] = []

    def add(self, node: str, times: int, error: Exception) -> None:
        """Let the next `times` uses of a node fail."""
        self._waiting[node].extend([error] * times)

    def strike(self, node: str) -> None:
        """Raise what is waiting for a node, if anything is."""
        if self._waiting[node]:
            error = self._waiting[node].popleft()
            self._raised.append(error)
            raise error

    def has_raised(self, error: Exception) -> bool:
        """Whether a test asked for it, so that it is no failure of the application."""
        return any(error is it for it in self._raised)
