"""The command line of `analyze`, as it was typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for; `jobs` is None where the machine decides."""

    path: str
    form: str = "text"
    output: str | None = None
    is_strict: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    python: str | None = None
    application: str | None = None
    is_cached: bool = True
    cache_dir: str | None = None
    jobs: int | None = None
    has_timings: bool = False

    @property
    def file(self) -> str | None:
        """The file to write to; None where that is standard output."""
        return None if self.output == "-" else self.output
