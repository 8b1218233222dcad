"""The folders of migrations that declarations name."""

import os
from dataclasses import dataclass
from pathlib import Path

from infragraph.workspace.reading import NotRead, read


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file by its name in its directory."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryListing:
    """The `.sql` files of a directory, sorted by name; `unreadable` could not be read."""

    path: str
    files: tuple[TextFile, ...]
    unreadable: tuple[str, ...]


def sql_files(root: str, path: str) -> DirectoryListing | None:
    """What a directory below `root` holds, None where there is no such directory inside it."""
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or _has_link(root, parts):
        return None
    try:
        with os.scandir(f"{root}/{path}") as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".sql"))
    except (OSError, ValueError):
        return None
    files: list[TextFile] = []
    unreadable: list[str] = []
    for name in names:
        content = read(f"{root}/{path}/{name}") if name.isprintable() else NotRead(reason="name")
        if isinstance(content, NotRead):
            unreadable.append(name)
        else:
            files.append(TextFile(name=name, content=content))
    return DirectoryListing(path=path, files=tuple(files), unreadable=tuple(unreadable))


def _has_link(root: str, parts: list[str]) -> bool:
    folder = Path(root)
    for part in parts:
        folder /= part
        if folder.is_symlink():
            return True
    return False
