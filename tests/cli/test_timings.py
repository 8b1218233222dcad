"""`--timings` and `--jobs`, which no output depends on."""

import re
from pathlib import Path

import pytest

from infragraph.cli.stopwatch import Stopwatch
from infragraph.cli.timings import Used, lines
from tests.cli.command import infragraph

pytestmark = pytest.mark.slow


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_stage_lasts_until_the_next_and_its_times_are_added() -> None:
    clock = Clock()
    watch = Stopwatch(clock)
    watch.begin("find")
    for stage, done, total in (("parse", 0, 9), ("parse", 8, 9), ("run", 0, 0), ("parse", 0, 2)):
        clock.now += 1
        watch.told(stage, done, total)  # type: ignore[arg-type]
    clock.now += 2
    watch.end()

    del watch.seconds["start"]
    assert watch.seconds == {"find": 1.0, "parse": 4.0, "run": 1.0}
    assert watch.parts["parse"] == 11


def test_the_table_has_a_line_for_each_stage_and_what_was_used() -> None:
    watch = Stopwatch(Clock())
    watch.seconds = {"find": 1.0, "read": 2.0, "parse": 1.0}
    watch.parts.update(read=40, parse=10)

    table = list(lines(watch, Used(seen=100, workers=2, cache="the cache was used")))

    assert [line[:59].rstrip() for line in table[:-1]] == [
        "stage     seconds   share  files",
        "find         1.00   25.0%  100 seen",
        "read         2.00   50.0%  40 read, 60 from the cache",
        "parse        1.00   25.0%  10 parsed, 90 passed over",
        "total        4.00",
    ]
    assert re.fullmatch(
        r"ran in up to 2 worker processes; peak memory .*; the cache was used", table[-1]
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_times_are_told_beside_the_report_and_again_when_nothing_has_changed(
    root: Path, tmp_path: Path, form: str
) -> None:
    def run(*options: str) -> tuple[str, str]:
        arguments = ("analyze", "--format", form, "--cache-dir", str(tmp_path), *options)
        done = infragraph(*arguments, cwd=root / "fixtures/minimal")
        return done.stdout, done.stderr

    report, told = run("--timings")
    again, told_again = run("--timings")

    stages = [line.split()[0] for line in told.splitlines() if line]
    assert stages == [
        *("stage", "start", "find", "read", "parse", "run", "link", "render", "keep"),
        *("total", "ran"),
    ]
    assert re.fullmatch(
        r"timings: nothing had changed: the stored output, in \d+\.\d\d s\n", told_again
    )
    assert (report, "") == (again, run()[1])


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "", "٣"])
def test_a_number_of_jobs_that_is_none_is_a_mistake(root: Path, jobs: str) -> None:
    done = infragraph("analyze", f"--jobs={jobs}", cwd=root / "fixtures/minimal")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"infragraph: --jobs takes a number from 1 on, and not '{jobs}'\n"


def test_the_number_of_jobs_shows_in_no_output(root: Path) -> None:
    def run(jobs: str) -> str:
        arguments = ("analyze", "--no-cache", "--format", "json", "--jobs", jobs)
        return infragraph(*arguments, cwd=root / "fixtures/shop").stdout

    assert run("1") == run("3") != ""
