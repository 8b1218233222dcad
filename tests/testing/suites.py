"""Test suites of applications, run by pytest in a process of its own."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

APPLICATION = Path(__file__).parent / "application"


@dataclass(frozen=True)
class Outcome:
    """`failures` are the texts of what did not pass, by the name of the test."""

    code: int
    output: str
    passed: frozenset[str]
    failures: dict[str, str]


def suite(root: Path, tests: str | None = None) -> Path:
    """The bakery with a suite: its own, or `tests`."""
    shutil.copytree(APPLICATION, root, dirs_exist_ok=True)
    (root / "tests").mkdir(exist_ok=True)
    text = (root / "checks_bakery.py").read_text() if tests is None else tests
    (root / "tests" / "test_bakery.py").write_text(text)
    return root


def run(root: Path, *options: str, **variables: str) -> Outcome:
    command = [sys.executable, "-m", "pytest", *options, "--junitxml", str(root / "results.xml")]
    return outcome(root, command, **variables)


def outcome(root: Path, command: list[str], **variables: str) -> Outcome:
    """What a command that runs pytest says, also in `results.xml`."""
    # `python -m` puts the folder first; the application is importable without it.
    environment = {**os.environ, "PYTHONSAFEPATH": "1", **variables}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=200
    )
    passed: set[str] = set()
    failures: dict[str, str] = {}
    results = root / "results.xml"
    cases = ET.parse(results).iter("testcase") if results.exists() else ()  # noqa: S314 - our own
    for case in cases:
        name = case.attrib["name"]
        told = [it for it in case if it.tag in ("failure", "error", "skipped")]
        if told:
            failures[name] = "\n".join(f"{it.attrib.get('message')}\n{it.text}" for it in told)
        else:
            passed.add(name)
    return Outcome(done.returncode, done.stdout + done.stderr, frozenset(passed), failures)


def processes_over(root: Path) -> list[str]:
    """The commands of processes that name the folder, or are in it."""
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (
                (path / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            )
            folder = (path / "cwd").readlink()
        except OSError:
            continue
        if str(root) in command or folder.is_relative_to(root):
            found.append(command)
    return found
