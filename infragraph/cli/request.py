"""The command line of `analyze`, as it was typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for; `jobs` is None where the machine decides."""

    path: str
    form: str
    output: str | None
    is_strict: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    targets: tuple[str, ...]
    python: str | None
    application: str | None
    is_cached: bool
    jobs: int | None = None
    has_timings: bool = False

    @property
    def file(self) -> str | None:
        """The file to write to; None where that is standard output."""
        return None if self.output == "-" else self.output
