"""What was concluded in earlier runs, by what stands for all that it was concluded from."""

from typing import Any, Protocol


class Memory(Protocol):
    """Keeps one conclusion of each kind."""

    def concluded(self, what: str, key: bytes) -> Any:
        """What followed from all that the key stands for; None where that is unknown."""
        ...

    def conclude(self, what: str, key: bytes, value: Any) -> None:
        """Remember it, as plain values."""
        ...


class Forgetful:
    """Where nothing is kept."""

    def concluded(self, what: str, key: bytes) -> Any:
        del what, key

    def conclude(self, what: str, key: bytes, value: Any) -> None:
        """Do nothing."""
