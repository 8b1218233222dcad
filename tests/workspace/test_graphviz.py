import stat
import sys
from pathlib import Path

import pytest

from infragraph.workspace.graphviz import ENGINES, MENDS, NoLayout, lay_out


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of the PATH; there is no program beside the running Python either."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "empty" / "python"))
    return tmp_path


def install(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_the_text_goes_in_and_what_comes_out_is_given_back(programs: Path) -> None:
    install(programs, "graphviz-pure", 'echo "$@"; read line; echo "$line"')

    assert lay_out("graphviz-pure", "digraph {}\n") == "-Tjson\ndigraph {}\n"


def test_an_engine_that_is_not_there_is_answered_with_what_mends_it(programs: Path) -> None:
    assert list(programs.iterdir()) == []
    assert lay_out("graphviz-pure", "") == NoLayout(
        reason="this format is laid out by graphviz-pure, which is not there; "
        f"install it with: {MENDS}"
    )
    assert lay_out("dot", "") == NoLayout(
        reason="there is no 'dot' on the PATH; install Graphviz, or leave out --engine"
    )


def test_an_engine_is_never_replaced_by_the_other(programs: Path) -> None:
    install(programs, ENGINES[1], "echo {}")

    assert isinstance(lay_out(ENGINES[0], ""), NoLayout)


def test_what_an_engine_complains_of_is_told(programs: Path) -> None:
    install(programs, "dot", "echo; echo 'syntax error in line 1' >&2; exit 3")

    assert lay_out("dot", "digraph {") == NoLayout(
        reason="dot ended with 3 and said: syntax error in line 1"
    )
