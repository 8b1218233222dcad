"""The tree below a root: sorted, within limits, never through a link."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from infragraph.workspace.ignoring import Rule, ignores
from infragraph.workspace.inputs import note_directory
from infragraph.workspace.reading import Reason, reason_of

MAXIMUM_DEPTH = 64
MAXIMUM_FILES = 200_000
CONFIGURATION = "infragraph.yaml"

_ENVIRONMENTS = frozenset({"node_modules", "__pycache__"})
_TEST_DIRECTORIES = frozenset({"tests", "test"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a walk leaves out besides environments, caches and hidden directories."""

    ignored: tuple[Rule, ...]
    include_tests: bool
    own_application_only: bool = True
    most_files: int = MAXIMUM_FILES


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Skipped:
    """A `.py` file, or a directory that may hold some, that is there and cannot be read.

    `count` is more than one where it stands for all the files beyond the last that is read.
    """

    path: str
    reason: Reason
    is_directory: bool
    target: str = ""
    count: int = 1


@dataclass(slots=True, kw_only=True)
class Walk:
    """What a walk saw; paths are relative to its root, with forward slashes, sorted."""

    python: list[str] = field(default_factory=list[str])
    configurations: list[str] = field(default_factory=list[str])
    skipped: list[Skipped] = field(default_factory=list[Skipped])
    left_out: Counter[str] = field(default_factory=Counter[str])
    directories: list[str] = field(default_factory=list[str])
    beyond: list[str] = field(default_factory=list[str])


def walk(root: str, scope: Scope) -> Walk:
    seen = Walk()
    pending = [("", 0)]
    while pending:
        directory, depth = pending.pop()
        entries = _entries(root, directory, seen)
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        if directory and scope.own_application_only and _is_application(entries):
            seen.configurations.append(f"{directory}/{CONFIGURATION}")
            seen.left_out["other-application"] += 1
            continue
        seen.directories.append(directory or ".")
        pending.extend((path, depth + 1) for path in _visit(entries, directory, depth, scope, seen))
    seen.python.sort()
    seen.configurations.sort()
    if seen.beyond:
        seen.skipped.append(_beyond(seen.beyond))
    seen.skipped = sorted(_without_seen_targets(seen))
    return seen


def _entries(root: str, directory: str, seen: Walk) -> list["os.DirEntry[str]"]:
    full = f"{root}/{directory}" if directory else root
    try:
        with os.scandir(full) as entries:
            found = sorted(entries, key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        if not directory:
            raise
        seen.skipped.append(Skipped(path=directory, reason=reason_of(error), is_directory=True))
        return []
    note_directory(full, found)
    return found


def _is_application(entries: Iterable["os.DirEntry[str]"]) -> bool:
    return any(entry.name == CONFIGURATION for entry in entries)


def _visit(
    entries: Iterable["os.DirEntry[str]"], directory: str, depth: int, scope: Scope, seen: Walk
) -> Iterator[str]:
    """Notes the files of one directory and gives the directories to go on with."""
    for entry in entries:
        path = f"{directory}/{entry.name}" if directory else entry.name
        if entry.is_symlink():
            _note_link(entry, path, scope, seen)
        elif entry.is_dir(follow_symlinks=False):
            if _is_hidden(entry.name) or _is_left_out(path, scope, seen, is_directory=True):
                continue
            if depth >= MAXIMUM_DEPTH:
                seen.skipped.append(Skipped(path=path, reason="too-deep", is_directory=True))
            else:
                yield path
        else:
            _note_file(entry, path, scope, seen)


def _note_link(entry: "os.DirEntry[str]", path: str, scope: Scope, seen: Walk) -> None:
    is_directory = not entry.name.endswith(".py")
    if is_directory and (_is_hidden(entry.name) or not _leads_to_directory(entry)):
        return
    if not _is_left_out(path, scope, seen, is_directory=is_directory):
        target = _target(entry, path.rpartition("/")[0])
        skipped = Skipped(path=path, reason="symlink", is_directory=is_directory, target=target)
        seen.skipped.append(skipped)


def _leads_to_directory(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link of links without end.
        return False


def _note_file(entry: "os.DirEntry[str]", path: str, scope: Scope, seen: Walk) -> None:
    name = entry.name
    if name == CONFIGURATION:
        seen.configurations.append(path)
    if name.endswith(".ipynb"):
        seen.left_out["notebook"] += 1
    if not name.endswith(".py") or _is_left_out(path, scope, seen, is_directory=False):
        return
    reason: Reason | None = None
    if not entry.is_file(follow_symlinks=False):
        reason = "special"
    elif not _is_text(path):
        reason = "name"
    elif len(seen.python) >= scope.most_files:
        seen.beyond.append(path)
        return
    if reason is None:
        seen.python.append(path)
    else:
        seen.skipped.append(Skipped(path=path, reason=reason, is_directory=False))


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in _ENVIRONMENTS


def _is_left_out(path: str, scope: Scope, seen: Walk, *, is_directory: bool) -> bool:
    name = path.rpartition("/")[2]
    if not scope.include_tests and _is_test(name, is_directory=is_directory):
        seen.left_out["test"] += 1
        return True
    return bool(scope.ignored) and ignores(scope.ignored, path, is_directory=is_directory)


def _is_test(name: str, *, is_directory: bool) -> bool:
    if is_directory:
        return name in _TEST_DIRECTORIES
    return name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")


def _is_text(path: str) -> bool:
    """Whether every output can carry the name: it is decodable, and nothing in it ends a line."""
    return path.isprintable()


def _target(entry: "os.DirEntry[str]", directory: str) -> str:
    try:
        target = Path(entry.path).readlink()
    except OSError:
        return ""
    return os.path.normpath(Path(directory) / target).replace(os.sep, "/")


def _beyond(paths: list[str]) -> Skipped:
    """One finding for all of them: as many would hide every other."""
    return Skipped(path=min(paths), reason="too-many-files", is_directory=False, count=len(paths))


def _without_seen_targets(seen: Walk) -> Iterator[Skipped]:
    """A link to what is read under its own path loses nothing."""
    read = {*seen.python, *seen.directories}
    for skipped in seen.skipped:
        if skipped.target in read:
            seen.left_out["symlink"] += 1
        else:
            yield skipped
