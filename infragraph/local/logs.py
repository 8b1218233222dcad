"""What programs that we started wrote."""

from pathlib import Path


def last_lines(log: Path) -> str:
    """The end of a log, for a message about why a program did not start."""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return "\n".join(lines[-5:]) or "its log is empty"
