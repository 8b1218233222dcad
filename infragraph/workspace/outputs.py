"""Folders of generated files: what is in them, and what is written there."""

import stat
from collections.abc import Iterable
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
    parts = PurePosixPath(artifact.path).parts
    assert parts, "an artifact has a name"
    assert not {"/", ".."} & {*parts}, "an artifact lies below its folder"
    assert "\\" not in artifact.path, "only forward slashes part names"
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


def leftovers(folder: Path, artifacts: Iterable[Artifact], mark: str) -> list[str]:
    """The files beside artifacts that carry the mark of generated ones, and are none any more."""
    wanted = {place(folder, artifact) for artifact in artifacts}
    found: list[str] = []
    for parent in {path.parent for path in wanted}:
        if not parent.is_dir():
            continue
        for path in parent.iterdir():
            is_file = not path.is_symlink() and path.is_file()
            if path not in wanted and is_file and mark.encode() in _head(path):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(400)
