"""The SDK's typing contract, held by mypy and by pyright, both strict.

Each mistake in `errors/` ends in a comment that names the code of each checker for it; both
checkers find exactly those lines. `sdk_api.py` is what both accept.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

pytestmark = pytest.mark.slow

Place: TypeAlias = tuple[str, int]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ERRORS = HERE / "errors"
COMMENT = re.compile(r"# error: (?P<mypy>[a-z-]+), (?P<pyright>[a-zA-Z]+)$")


def test_mypy_finds_every_mistake_and_nothing_else() -> None:
    found = _mypy(*sorted(ERRORS.glob("*.py")))
    expected = _expected("mypy")

    assert set(found) == set(expected)
    assert {place: code for place, code in expected.items() if code not in found[place]} == {}


def test_pyright_finds_every_mistake_and_nothing_else() -> None:
    found = _pyright("--project", str(ERRORS))
    expected = _expected("pyright")

    assert set(found) == set(expected)
    assert {place: code for place, code in expected.items() if code not in found[place]} == {}


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_every_documented_use_is_accepted(checker: str) -> None:
    accepted = HERE / "sdk_api.py"

    assert (_mypy(accepted) if checker == "mypy" else _pyright(str(accepted))) == {}


def _expected(checker: str) -> dict[Place, str]:
    """The code that a checker is to report, by file and line."""
    return {
        (path.name, number): comment[checker]
        for path in ERRORS.glob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if (comment := COMMENT.search(line))
    }


def _mypy(*paths: Path) -> dict[Place, set[str]]:
    done = _run("-m", "mypy", "--output", "json", "--no-error-summary", *map(str, paths))
    found: dict[Place, set[str]] = {}
    for line in done.stdout.splitlines():
        finding: Mapping[str, Any] = json.loads(line)
        if finding["severity"] == "error":
            place = (Path(finding["file"]).name, int(finding["line"]))
            found.setdefault(place, set()).add(finding["code"])
    assert done.returncode == bool(found), done.stderr
    return found


def _pyright(*arguments: str) -> dict[Place, set[str]]:
    done = _run("-m", "pyright", "--outputjson", "--pythonpath", sys.executable, *arguments)
    report: Mapping[str, Any] = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] > 0
    found: dict[Place, set[str]] = {}
    for finding in report["generalDiagnostics"]:
        place = (Path(finding["file"]).name, int(finding["range"]["start"]["line"]) + 1)
        found.setdefault(place, set()).add(finding.get("rule", ""))
    return found


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
