"""Exit codes, and the one line that goes with those that are not about the application."""

import os
import sys
import traceback
from enum import IntEnum
from typing import NoReturn


class Exit(IntEnum):
    CLEAN = 0
    FINDINGS = 1
    WORLD = 2
    """The command line, the configuration or the system is at fault."""
    BUG = 3


def stop(reason: str) -> NoReturn:
    """Ends with one line about the command line, the configuration or the system."""
    sys.stderr.write(f"infragraph: {reason}\n")
    raise SystemExit(Exit.WORLD)


def describe(error: OSError) -> str:
    where = f"'{error.filename}': " if error.filename else ""
    return f"{where}{error.strerror or error}".replace("\n", " ")


def report_bug(error: Exception) -> None:
    if os.environ.get("INFRAGRAPH_DEBUG") == "1":
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" in {last[0].name}, line {last[0].lineno}" if last else ""
    sys.stderr.write(
        f"infragraph: this is a bug in infragraph ({type(error).__name__}{place}); please report "
        "it with the output of the same command under INFRAGRAPH_DEBUG=1\n"
    )
