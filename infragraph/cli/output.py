"""Where text goes: the terminal with what it can do, or a file, whole or not at all."""

import os
import sys
from pathlib import Path

_PLAIN_WIDTH = 100
_LEAST_WIDTH = 40


def is_coloured() -> bool:
    """Whether standard output shows colour: by NO_COLOR, FORCE_COLOR, TERM, then what it is."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def columns() -> int:
    import shutil  # noqa: PLC0415 - text alone needs it

    return max(shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns, _LEAST_WIDTH)


def show(text: str) -> None:
    """Writes to standard output; a reader that has seen enough is no error."""
    try:
        sys.stdout.buffer.write(encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whatever is flushed at exit would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def to_screen(text: str) -> str:
    """The text without what steers a terminal, if standard output is one; else as it is."""
    if not sys.stdout.isatty():
        return text
    from infragraph.diagnostics.render.terminal import safe  # noqa: PLC0415 - a terminal's alone

    return "\n".join(safe(line) for line in text.split("\n"))


def note(text: str) -> None:
    sys.stderr.write(f"note: {text}\n")


def warn(text: str) -> None:
    """Of a result that lacks something, which is no reason not to give it."""
    from infragraph.diagnostics.render.terminal import safe  # noqa: PLC0415 - rarely needed

    sys.stderr.write(f"warning: {safe(text)}\n")


def put(text: str, output: str | None) -> None:
    if output is None or output == "-":
        show(text)
        return
    from infragraph.workspace.writing import write  # noqa: PLC0415 - only who writes a file needs it

    write(Path(output), encoded(text, output))


def encoded(text: str, file: str | None = None) -> bytes:
    """UTF-8 whatever the locale, but for a terminal, which shows what it can."""
    if file is None and sys.stdout.isatty():
        return text.encode(sys.stdout.encoding or "utf-8", "replace")
    # Only a lone surrogate is ever replaced, by what JSON, too, writes for it.
    return text.encode("utf-8", "backslashreplace")
