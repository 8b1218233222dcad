"""What a terminal is shown of a long run, and what nobody else is."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from infragraph.cli.progress import Progress
from tests.cli.command import PLAIN

LONG = """
import sys
import time
from infragraph.cli.analysis import run
from infragraph.usecases import reading
from tests.cli.test_analysis import REQUEST
from tests.usecases.stand_in import StandIn


class Slow(StandIn):
    def __call__(self, sources, *, files, **others):
        files.told("parse", 0, 3)
        time.sleep(1.1)
        files.told("parse", 1, 3)
        return super().__call__(sources, files=files, **others)


sys.exit(run(REQUEST, Slow()))
"""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_said_within_a_second_and_then_one_line() -> None:
    clock, stream = Clock(), io.StringIO()
    progress = Progress(stream, 80, clock)

    progress.told("find", 0, 0)
    clock.now = 0.9
    progress.told("read", 64, 200)
    assert stream.getvalue() == ""
    clock.now = 1.0
    progress.told("read", 128, 200)
    clock.now = 1.05
    progress.told("read", 192, 200)
    progress.told("run", 0, 0)
    progress.clear()

    assert stream.getvalue() == (
        "\r\x1b[Kreading 128 of 200 files …\r\x1b[Kfollowing the program …\r\x1b[K"
    )


def test_a_narrow_terminal_is_not_wrapped() -> None:
    clock, stream = Clock(), io.StringIO()
    progress = Progress(stream, 12, clock)

    clock.now = 2.0
    progress.told("parse", 8, 900)

    assert stream.getvalue() == "\r\x1b[Kparsing 8 o"


def on_a_terminal(folder: Path, root: Path, environment: dict[str, str]) -> bytes:
    """What a terminal that is standard error alone is shown."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", LONG],
        cwd=folder,
        env={**PLAIN, "TERM": "xterm", "CI": "", "PYTHONPATH": str(root), **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 1000):
                shown += part
        except OSError:
            # The other end was closed.
            pass
        finally:
            os.close(ours)
    assert process.returncode == 0
    return shown


def test_a_terminal_is_shown_a_line_that_is_taken_away_again(tmp_path: Path, root: Path) -> None:
    shown = on_a_terminal(tmp_path, root, {})

    line, _, notes = shown.partition(b"\r\x1b[Knote: ")
    assert line == "\r\x1b[Kparsing 1 of 3 files …".encode()
    assert notes.startswith(b"the application has no name")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"CI": "true"}])
def test_no_line_is_shown_where_it_could_not_be_taken_away(
    tmp_path: Path, root: Path, environment: dict[str, str]
) -> None:
    assert on_a_terminal(tmp_path, root, environment).startswith(b"note: ")
