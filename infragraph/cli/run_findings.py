"""What the analyzer says of a save, as a terminal is told while the application runs."""

import os
import sys
from collections import Counter

from infragraph.local.application import LocalApplication

_WORDS = {"error": "error", "warning": "warning", "info": "note"}


def tally(application: LocalApplication) -> str:
    """How many findings there are, empty where there are none."""
    counts = Counter(str(found["severity"]) for found in application.graph["diagnostics"])
    return ", ".join(
        f"{counts[it]} {word if counts[it] == 1 else word + 's'}"
        for it, word in _WORDS.items()
        if counts[it]
    )


def news_is_coloured() -> bool:
    """Whether standard error, where news goes, shows colour."""
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("TERM") != "dumb" and sys.stderr.isatty()
