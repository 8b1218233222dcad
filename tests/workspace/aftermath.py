"""What may be in a folder whose generation was interrupted, and what must be."""

import json
import re
from pathlib import Path

from tests.workspace.interrupted import EDITED, FOREIGN, LISTING, contents, generate

BEFORE, DURING, NEXT = 1, 2, 3

_MINE, _THEIRS = "changed by hand\n", "written by somebody else\n"
_UNFINISHED = re.compile(r"\..+\.[0-9a-f]{16}")
_JOURNAL = ".infragraph.aws.prod.journal.json"


def prepare(folder: Path) -> None:
    """A folder with a version in it, and two files that no other version may touch."""
    folder.mkdir(parents=True)
    (folder / FOREIGN).write_text(_THEIRS)
    generate(folder, BEFORE)
    (folder / EDITED).write_text(_MINE)


def faults(folder: Path) -> list[str]:
    """Files that are torn, lost, or somebody else's and changed; each is whole, old or new."""
    old, new = _whole(BEFORE), _whole(DURING)
    found = [
        f"{path} is {'lost' if text is None else 'torn'}"
        for path in sorted({*old, *new})
        if (text := _text(folder / path)) not in {old.get(path), new.get(path)}
    ]
    listing = json.loads((folder / LISTING).read_text())
    if listing["tool"] == f"infragraph {DURING}":
        found += [
            f"{path} is not there yet" for path, text in new.items() if _text(folder / path) != text
        ]
    known = {*old, *new, LISTING, _JOURNAL}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known and not _UNFINISHED.fullmatch(path.name):
            found.append(f"{name} is not ours")
    return found


def mended(folder: Path, version: int) -> list[str]:
    """What is wrong after a generation that nobody interrupts."""
    generate(folder, version)
    there = {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LISTING
    }
    wanted = _whole(version)
    return sorted(
        f"{path} differs" for path in {*there, *wanted} if there.get(path) != wanted.get(path)
    )


def _whole(version: int) -> dict[str, str]:
    """A folder that holds a version and nothing unfinished."""
    generated = contents(version)
    mine = {} if version == BEFORE else {f"{EDITED}.new": generated[EDITED]}
    return {
        **generated,
        EDITED: _MINE,
        FOREIGN: _THEIRS,
        f"{FOREIGN}.new": generated[FOREIGN],
        **mine,
    }


def _text(path: Path) -> str | None:
    return path.read_text() if path.exists() else None
