"""Folders of generated files: what is in them, and what is written there."""

import stat
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from infragraph.model.artifact import Artifact
from infragraph.workspace.writing import write


def present(path: Path) -> bytes | None:
    """What a file holds now, None where there is none; a link is none of ours."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(mode):
        raise FileExistsError(0, "it is not a regular file, so it is not compared", str(path))
    return path.read_bytes()


def place(folder: Path, artifact: Artifact) -> Path:
    """Where an artifact goes: below the folder, through no link in it."""
    return place_of(folder, artifact.path)


def place_of(folder: Path, relative: str) -> Path:
    """As `place` of an artifact of that path."""
    parts = PurePosixPath(relative).parts
    assert parts, "an artifact has a name"
    assert not {"/", ".."} & {*parts}, "an artifact lies below its folder"
    assert "\\" not in relative, "only forward slashes part names"
    path = folder
    for part in parts:
        path /= part
        if path.is_symlink():
            raise FileExistsError(0, "it is a link, which is not followed", str(path))
    return path


def write_all(folder: Path, artifacts: Iterable[Artifact]) -> None:
    """Every file whole or not at all; the folders that they need are made."""
    places = [(place(folder, artifact), artifact.content) for artifact in artifacts]
    for path, content in places:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, content.encode("utf-8", "backslashreplace"))


def leftovers(folder: Path, artifacts: Collection[Artifact], mark: str) -> list[str]:
    """The files that were artifacts of the same kind before, by their mark, and are none any more.

    Others may generate into the same folder. So a file only counts that is called as an artifact in
    a folder beside that one's, or lies where artifacts with the same ending lie, of which there are
    several.
    """
    wanted = {place(folder, artifact) for artifact in artifacts}
    paths = [PurePosixPath(artifact.path) for artifact in artifacts]
    patterns = {
        str(PurePosixPath(*("*" for _ in path.parts[:-1]), _literal(path.name))) for path in paths
    }
    homes = Counter((path.parent, path.suffix) for path in paths)
    patterns.update(
        f"{_literal(str(home))}/*{_literal(ending)}"
        for (home, ending), count in homes.items()
        if count > 1
    )
    found = {path for pattern in patterns for path in folder.glob(pattern)} - wanted
    return sorted(
        path.relative_to(folder).as_posix()
        for path in found
        if not path.is_symlink() and path.is_file() and mark in _head(path)
    )


def _literal(text: str) -> str:
    """A part of a pattern that stands for itself alone."""
    return "".join(f"[{it}]" if it in "*?[" else it for it in text)


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(400).decode(errors="replace").lower()
