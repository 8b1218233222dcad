"""What a worker does with a message, and the lines that it leaves of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """`seconds` are what a message takes; a `database` gets a row of it, behind an inbox.

    A database is the JSON of its entry in a runtime configuration.
    """

    seconds: float = 0.0
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt, written before anything is done with it, so that a kill loses none of them."""

    message: str
    at: float


@dataclass(frozen=True, slots=True)
class Done:
    """A handler that has come to its end."""

    message: str
    at: float


def written(line: Begun | Done) -> bytes:
    return f"{type(line).__name__} {line.message} {line.at:.6f}\n".encode()


def read_line(text: str) -> Begun | Done:
    kind, message, at = text.split()
    return Begun(message, float(at)) if kind == Begun.__name__ else Done(message, float(at))
