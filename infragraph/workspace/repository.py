"""Where the analyzed root lies in its git repository."""

from pathlib import Path


def prefix_in_repository(root: str) -> str:
    """What makes a path relative to `root` one that is relative to the repository's top folder."""
    start = Path(root).resolve()
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            relative = start.relative_to(folder).as_posix()
            return "" if relative == "." else f"{relative}/"
    return ""
