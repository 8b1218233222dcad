"""A fuzzing run: `python -m tests.hostile.fuzz --seed 1 --count 10000 --write docs/reliability.md`.

Exits with 1 if a file was neither read nor diagnosed, and names it: `--only NUMBER` writes its
bytes to standard output.
"""

import argparse
import platform
import re
import resource
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.hostile.outcomes import Outcome
from tests.hostile.samples import sample, sort
from tests.hostile.worker import Ended, now, run

_MARKS = "<!-- fuzz -->", "<!-- end of fuzz -->"


class Figures(NamedTuple):
    """What a run has shown; `wrong` are the files that broke a promise, with which one."""

    seed: int
    sorts: Counter[str]
    faults: Counter[str]
    wrong: tuple[str, ...]
    slowest_facts: float
    slowest_whole: float
    over_limit: int
    child_megabytes: int
    parent_megabytes: int


def figures(seed: int, ended: Sequence[Ended]) -> Figures:
    outcomes = [one.outcome for one in ended if isinstance(one.outcome, Outcome)]
    return Figures(
        seed=seed,
        sorts=Counter(sort(one.number) for one in ended),
        faults=Counter(one.fault or "read" for one in outcomes),
        wrong=tuple(f"{one.number}: {fault}" for one in ended if (fault := _wrong(one))),
        slowest_facts=max((one.facts_seconds for one in outcomes), default=0),
        slowest_whole=max((one.whole_seconds for one in outcomes), default=0),
        over_limit=sum(one.facts_seconds > 2.5 for one in outcomes),
        child_megabytes=max((one.kilobytes for one in ended), default=0) // 1024,
        parent_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _wrong(ended: Ended) -> str:
    if isinstance(ended.outcome, str):
        return f"{ended.outcome} {ended.detail}".strip()
    expected = (ended.outcome.fault,) if ended.outcome.fault else ()
    if ended.outcome.diagnosed != expected:
        return f"'{ended.outcome.fault}' is diagnosed as {ended.outcome.diagnosed}"
    if not ended.outcome.is_neighbour_same:
        return "the good file's results changed"
    return ""


def shown(found: Figures) -> str:
    """The figures as a table."""
    count = sum(found.sorts.values())
    rows = [
        ("files", ", ".join(f"{number} {name}" for name, number in sorted(found.sorts.items()))),
        ("read", str(found.faults["read"])),
        (
            "refused with a diagnostic",
            ", ".join(
                f"{number} {name}"
                for name, number in sorted(found.faults.items())
                if name != "read"
            )
            or "none",
        ),
        ("crashes, hangs, exceptions, changed neighbours", str(len(found.wrong))),
        ("slowest file, seconds of CPU for its facts", f"{found.slowest_facts:.2f}"),
        ("slowest file, seconds of CPU for the whole analysis", f"{found.slowest_whole:.2f}"),
        ("files whose facts took more than 2.5 s", str(found.over_limit)),
        ("largest process that reads files", f"{found.child_megabytes} MB"),
        ("the process that starts them", f"{found.parent_megabytes} MB"),
    ]
    return "\n".join(
        [
            f"Seed {found.seed}, {count} files, {now()}: {_versions()}.",
            "",
            "| | |",
            "| --- | --- |",
            *(f"| {name} | {value} |" for name, value in rows),
            *(f"\nNot as promised: {wrong}" for wrong in found.wrong),
        ]
    )


def _versions() -> str:
    libraries = [f"{name} {version(name)}" for name in ("libcst", "pysource-codegen")]
    system = f"{platform.system()} {platform.machine()}"
    return ", ".join([f"CPython {platform.python_version()}", *libraries, system])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--only", type=int)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    if options.only is not None:
        sys.stdout.buffer.write(sample(options.seed, options.only))
        return 0
    found = figures(options.seed, list(run(options.seed, range(options.count))))
    text = shown(found)
    sys.stdout.write(f"{text}\n")
    if options.write is not None:
        _write(options.write, text)
    return 1 if found.wrong else 0


def _write(page: Path, text: str) -> None:
    start, end = _MARKS
    between = re.compile(f"{start}.*?{end}", re.DOTALL)
    new = f"{start}\n\n{text}\n\n{end}"
    page.write_text(between.sub(lambda _: new, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
