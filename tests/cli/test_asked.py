"""What is asked for without the command line's library is what that would understand."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from infragraph.cli.asked import asked
from tests.cli.command import PLAIN, infragraph, loaded
from tests.workspace.trees import grow

FILES = {
    "shop/__init__.py": 'from infragraph import Service\n\nshop = Service("shop")\n',
    "shop/api.py": "x = (\n",
    "infragraph.yaml": "application: shop\n",
}
LINES: Sequence[tuple[str, ...]] = (
    (),
    ("shop",),
    ("--strict", "--format=json", "."),
    ("--format", "github", "--ignore", "syntax-error", "--ignore=IG2001,dead-topic"),
    ("--select", "syntax-error", "--target", "aws", "--target=nsq", "--jobs", "2"),
    (
        "--app",
        "absent",
    ),
    ("absent",),
    ("--python", "absent"),
    ("--select", "syntax-eror"),
    ("--format", "yaml"),
    ("--target", "azure"),
    ("--jobs", "0"),
    ("--jobs",),
    ("--select", "--strict"),
    ("--output", "absent/graph.txt"),
    ("--output", "-", "--format", "sarif"),
    ("--unknown",),
    ("shop", "shop"),
)


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_both_ways_say_the_same(line: tuple[str, ...], tmp_path: Path) -> None:
    grow(tmp_path, FILES)
    words = ("analyze", "--no-cache", *line)

    at_once = infragraph(*words, cwd=tmp_path)
    by_library = subprocess.run(
        [sys.executable, "-c", "from infragraph.cli.entry import run; run()", *words],
        cwd=tmp_path,
        env=PLAIN,
        capture_output=True,
        text=True,
        check=False,
    )

    assert at_once.stdout == by_library.stdout
    assert at_once.stderr == by_library.stderr
    assert at_once.returncode == by_library.returncode


def test_options_are_taken_apart() -> None:
    found = asked(["analyze", "shop", "--format=json", "--select", "a,b", "--strict", "--select=c"])

    assert found is not None
    assert found.path == "shop"
    assert found.values("--select") == ("a,b", "c")
    assert found.last("--format") == found.form == "json"
    assert found.last("--app") is None


@pytest.mark.parametrize(
    "line", [("--watch",), ("--help",), ("--output",), ("--jobs", "none"), ("--app", "--strict")]
)
def test_what_is_not_plain_is_left_to_the_command_line(line: tuple[str, ...]) -> None:
    assert asked(["analyze", *line]) is None


def test_an_analysis_loads_no_command_line(tmp_path: Path) -> None:
    grow(tmp_path, {"a.py": ""})
    code = (
        "sys.argv = ['infragraph', 'analyze', '--no-cache']\n"
        "from infragraph.__main__ import main\nmain()"
    )

    assert "typer" not in loaded(code, tmp_path)
