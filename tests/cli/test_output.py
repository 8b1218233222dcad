import io
import sys

import pytest

from infragraph.cli import entry
from infragraph.cli.exits import Exit, describe, report_bug
from infragraph.cli.output import columns, is_coloured


class Terminal(io.StringIO):
    """Standard output that is a screen."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_a_terminal_is_coloured_unless_it_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    expected: bool,  # noqa: FBT001
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal())

    assert is_coloured() is expected


def test_the_width_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert columns() == 72
    monkeypatch.setenv("COLUMNS", "3")
    assert columns() == 40


def test_an_error_of_the_system_is_one_line() -> None:
    assert describe(FileNotFoundError(2, "No such file", "a\nb")) == "'a b': No such file"


def failing(error: Exception) -> object:
    def application(prog_name: str) -> None:
        assert prog_name == "infragraph"
        raise error

    return lambda: application


def test_a_bug_is_told_apart_and_has_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("INFRAGRAPH_DEBUG", raising=False)
    monkeypatch.setattr(entry, "application", failing(KeyError("x")))

    with pytest.raises(SystemExit) as stopped:
        entry.run()

    complaint = capsys.readouterr().err
    assert stopped.value.code == Exit.BUG
    assert complaint.count("\n") == 1
    assert "this is a bug in infragraph (KeyError in application" in complaint


def test_a_bug_shows_its_traceback_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INFRAGRAPH_DEBUG", "1")

    report_bug(KeyError("x"))

    assert "KeyError: 'x'" in capsys.readouterr().err


def test_an_error_of_the_system_exits_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "application", failing(PermissionError(13, "Denied", "out.json")))

    with pytest.raises(SystemExit) as stopped:
        entry.run()

    assert stopped.value.code == Exit.WORLD
    assert capsys.readouterr().err == "infragraph: 'out.json': Denied\n"
