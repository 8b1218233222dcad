"""Analyzes a tree in one process, and lists the files that were parsed for it."""

import sys
from pathlib import Path
from typing import Any

from infragraph.__main__ import main as analyze
from infragraph.usecases import reading

_PARSE = "_parsed"
"""What the command calls for every file that it parses, and for no other."""


def main() -> None:
    listed = Path(sys.argv[1]).open("w", encoding="utf-8")  # noqa: SIM115 - the process ends with it
    parse = getattr(reading, _PARSE)

    def listing(location: str) -> Any:
        listed.write(f"{location}\n")
        return parse(location)

    setattr(reading, _PARSE, listing)
    # Workers may not write.
    sys.argv = ["infragraph", "analyze", ".", "--no-cache", "--jobs", "1", "--format", "json"]
    analyze()


if __name__ == "__main__":
    main()
