"""The folders of migrations that declarations name."""

import os
from pathlib import Path

from infragraph.model.directory import DirectoryListing, TextFile
from infragraph.workspace.inputs import note_directory
from infragraph.workspace.reading import NotRead, read


def sql_files(root: str, path: str) -> DirectoryListing | None:
    """What a directory below `root` holds, None where there is no such directory inside it."""
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or _has_link(root, parts):
        return None
    try:
        with os.scandir(f"{root}/{path}") as entries:
            every = list(entries)
        note_directory(f"{root}/{path}", every)
        names = sorted(entry.name for entry in every if entry.name.endswith(".sql"))
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
