"""The command in a process of its own, watched."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import ROOT

SECONDS = 120
_AUDITED = Path(__file__).with_name("audited.py")


class Analyzed(NamedTuple):
    """`told` is what the watch saw that may not be."""

    code: int
    report: Any
    errors: str
    told: Sequence[str]


def analyzed(root: Path, *options: str) -> Analyzed:
    """A watched run over a tree, from within it."""
    receiving, sending = os.pipe()
    cache = root.parent / "cache"
    arguments = [str(root), str(cache), "analyze", str(root), "--format", "json", *options]
    try:
        with subprocess.Popen(
            [sys.executable, "-P", str(_AUDITED), str(sending), *arguments],
            cwd=root,
            env=environment(cache),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(sending,),
        ) as process:
            os.close(sending)
            sending = -1
            out, errors = process.communicate(timeout=SECONDS)
        with os.fdopen(receiving, encoding="utf-8", closefd=False) as lines:
            told = lines.read().splitlines()
    finally:
        os.close(receiving)
        if sending >= 0:
            os.close(sending)
    report = json.loads(out) if out else None
    return Analyzed(process.returncode, report, errors.decode(errors="replace"), told)


def environment(cache: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(cache),
        "XDG_CACHE_HOME": str(cache),
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if path)]),
    }
