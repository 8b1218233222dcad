"""What a measurement was taken with: the machine, and the versions of what ran."""

import os
import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path


def machine() -> Mapping[str, str]:
    return {
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": platform.python_version(),
    }


def versions(infragraph: str, *, is_own: bool) -> Mapping[str, str]:
    """`is_own` tells whether the command is that of this repository, which has a revision."""
    words = (infragraph, "--version")
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return {
        "infragraph": said.strip().removeprefix("infragraph ") + (_revision() if is_own else ""),
        "ruff": version("ruff"),
        "grimp": version("grimp"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _revision() -> str:
    """The commit that was measured, with a mark where files differ from it."""
    words = ("git", "describe", "--always", "--dirty", "--exclude=*")
    try:
        found = subprocess.run(
            words, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" ({found.stdout.strip()})"
