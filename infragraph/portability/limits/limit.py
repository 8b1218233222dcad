"""Limits: what a provider allows, who says so, and when that was read."""

from dataclasses import dataclass

BYTES, SECONDS = "bytes", "s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that a provider sets.

    `setting` is what raises it where that can be raised; `value` is then the default. One that is
    not `verified` was found nowhere and is never printed as a fact. `code` is the problem that
    holds an application to it, `unchecked` says instead why no source can break it.
    """

    provider: str
    name: str
    value: int
    unit: str
    source: str
    read: str
    verified: bool = True
    setting: str = ""
    code: str = ""
    unchecked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What a provider does or does not do, where no number says it; the rest as of a limit."""

    provider: str
    name: str
    says: str
    source: str
    read: str
    verified: bool = True
    code: str = ""
    unchecked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One thing that a target is made of, with all that is known to bind it."""

    name: str
    limits: tuple[Limit, ...]
    traits: tuple[Trait, ...]


def shown(limit: Limit) -> str:
    """A limit's value as people say it: `10 min`, `256 KiB`, `5`."""
    if limit.unit == SECONDS:
        return duration(limit.value)
    if limit.unit == BYTES:
        return size(limit.value)
    return f"{limit.value:,}" if limit.unit == "" else f"{limit.value:,} {limit.unit}"


def cited(fact: Limit | Trait) -> str:
    """Where a fact is found, and the day on which it was read there."""
    return f"{fact.source} (read {fact.read})"


_DURATIONS = ((86_400, "d"), (3_600, "h"), (60, "min"))
_SIZES = ((2**20, "MiB"), (2**10, "KiB"), (10**6, "MB"))


def duration(seconds: float) -> str:
    """Seconds in the largest unit that two decimals tell exactly."""
    for factor, unit in _DURATIONS:
        if seconds >= factor and seconds * 100 % factor == 0:
            return f"{_number(seconds / factor)} {unit}"
    return f"{_number(seconds)} s"


def size(count: int) -> str:
    """Bytes in the largest unit that leaves no rest."""
    for factor, unit in _SIZES:
        if count >= factor and count % factor == 0:
            return f"{count // factor:,} {unit}"
    return f"{count:,} bytes"


def _number(number: float) -> str:
    """All of its digits, to the microsecond."""
    return f"{number:,.6f}".rstrip("0").rstrip(".")
