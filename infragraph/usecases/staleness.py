"""How a file that was generated before differs from what would be generated now."""

import difflib
from collections.abc import Iterator


def difference(path: str, present: bytes | None, wanted: str) -> Iterator[str]:
    """The lines of a unified diff; none where the file holds exactly what is wanted."""
    if present == wanted.encode("utf-8", "backslashreplace"):
        return
    if present is None and not wanted:
        yield f"{path} is not there, and would be empty"
        return
    # Whatever is no UTF-8 stays apart from what is.
    old = "" if present is None else present.decode("utf-8", "surrogateescape")
    yield from difflib.unified_diff(
        _lines(old),
        _lines(wanted),
        "/dev/null" if present is None else path,
        f"{path} as it would be generated",
        lineterm="",
    )


def _lines(text: str) -> list[str]:
    """By line feeds alone: any other end of a line is a difference to be seen."""
    lines = text.split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
    else:
        lines.pop()
    return lines
