"""Reads and parses the files of a list as an analysis does, one after the other."""

import sys
from pathlib import Path

from infragraph.frontend.files import parsed


def main() -> None:
    for path in Path(sys.argv[1]).read_text("utf-8").splitlines():
        parsed(Path(path).read_bytes())


if __name__ == "__main__":
    main()
