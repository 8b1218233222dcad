"""Directories of text files, as they were read."""

from dataclasses import dataclass


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
