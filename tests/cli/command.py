"""The command as a process of its own, as people and CI run it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

# Of these tests alone: no other run's results may answer, and no person's cache is written to.
CACHE = tempfile.TemporaryDirectory(prefix="infragraph-tests-")

PLAIN = {
    name: value
    for name, value in os.environ.items()
    if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "VIRTUAL_ENV", "INFRAGRAPH_DEBUG"}
} | {"INFRAGRAPH_CACHE_DIR": CACHE.name}


def infragraph(
    *arguments: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "infragraph", *arguments],
        cwd=cwd,
        env={**PLAIN, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def loaded(
    code: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> set[str]:
    """The top-level names of every module that is loaded once `code` has run."""
    script = (
        "import sys\n"
        f"try:\n    exec({code!r})\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=cwd,
        env={**PLAIN, **(environment or {})},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())
