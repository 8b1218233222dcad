"""What decides how an application is compiled, beside its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`dialects` are those that are read, None for all; `targets` are those whose limits count."""

    dialects: tuple[str, ...] | None = None
    targets: tuple[str, ...] = ()
