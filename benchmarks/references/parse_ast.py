"""Reads and parses the files of a list with Python's own parser: the least that does."""

import ast
import contextlib
import sys
from pathlib import Path


def main() -> None:
    for path in Path(sys.argv[1]).read_text("utf-8").splitlines():
        content = Path(path).read_bytes()
        with contextlib.suppress(SyntaxError):
            ast.parse(content)


if __name__ == "__main__":
    main()
