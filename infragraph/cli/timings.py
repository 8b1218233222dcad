"""What `--timings` shows: the stages of a run with their time, and what was used for it."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from infragraph.cli.stopwatch import Stopwatch

_STAGES = {
    "start": "load Python and infragraph",
    "find": "walk the tree",
    "read": "sketch: which names a file holds",
    "parse": "parse what can matter",
    "run": "follow the program",
    "link": "make the graph, and check it",
    "render": "render the report",
    "keep": "keep results for the next run",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a run took besides time; `seen` counts the Python files of the tree."""

    seen: int
    workers: int
    cache: str


def lines(watch: Stopwatch, used: Used) -> Iterator[str]:
    """The table, whose shares are of the whole run."""
    total = sum(watch.seconds.values()) or 1.0
    yield f"{'stage':<8}{'seconds':>9}{'share':>8}  {'files':<32}what it does"
    for stage, meaning in _STAGES.items():
        # Nothing is read or parsed where all of it is known.
        if stage in watch.seconds or (used.seen and stage in {"read", "parse"}):
            seconds = watch.seconds.get(stage, 0.0)
            files = _files(stage, watch, used)
            share = f"{seconds / total:.1%}"
            yield f"{stage:<8}{seconds:>9.2f}{share:>8}  {files:<32}{meaning}"
    yield f"{'total':<8}{total:>9.2f}"
    workers = "1 process" if used.workers == 1 else f"up to {used.workers} worker processes"
    yield f"ran in {workers}; {_memory()}; {used.cache}"


def _files(stage: str, watch: Stopwatch, used: Used) -> str:
    if stage == "find":
        return f"{used.seen} seen"
    if stage == "read":
        return _and(f"{watch.parts[stage]} read", used.seen - watch.parts[stage], "from the cache")
    if stage == "parse":
        return _and(f"{watch.parts[stage]} parsed", used.seen - watch.parts[stage], "passed over")
    return ""


def _and(first: str, count: int, what: str) -> str:
    return f"{first}, {count} {what}" if count > 0 else first


def _memory() -> str:
    if sys.platform == "win32":
        return "peak memory is unknown"
    import resource  # noqa: PLC0415 - not on Windows

    # Kilobytes everywhere but on macOS, which counts bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // unit
    largest = f", the largest worker {workers} MiB" if workers else ""
    return f"peak memory {own} MiB{largest}"


def show(shown: Iterable[str]) -> None:
    sys.stderr.write("".join(f"{line}\n" for line in shown))
