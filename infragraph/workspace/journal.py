"""What a generation is about to write, so that one that is killed leaves no edits by hand behind.

It is there before the first file changes and gone after the last. Whoever finds one knows which
contents are generated although no manifest lists them, and which unfinished files are to go.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from infragraph.workspace import manifest
from infragraph.workspace.manifest import Generated, Origin, files_of
from infragraph.workspace.outputs import place_of
from infragraph.workspace.reading import NotRead, look
from infragraph.workspace.writing import temporary_path, write

_ENDING = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Files as they will be; `ending` ends the names of those that are not whole yet."""

    ending: str
    files: tuple[Generated, ...]


def name(origin: Origin) -> str:
    return f".infragraph.{origin.label}.journal.json"


def open_journal(folder: Path, origin: Origin, journal: Journal) -> None:
    document = {
        "comment": "A generation that has not ended; generate again, and this file goes.",
        "ending": journal.ending,
        "files": [
            {"path": file.path, "part": file.part, "sha256": file.sha256} for file in journal.files
        ],
    }
    write(folder / name(origin), (json.dumps(document, indent=2) + "\n").encode())


def close_journal(folder: Path, origin: Origin) -> None:
    (folder / name(origin)).unlink(missing_ok=True)


def left_journal(folder: Path, origin: Origin) -> Journal | None:
    """That of a generation that was killed here."""
    found = look(str(folder / name(origin)))
    if isinstance(found, NotRead):
        return None
    try:
        document: object = json.loads(found.content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, Mapping):
        return None
    fields = cast("Mapping[str, object]", document)
    ending, files = fields.get("ending"), files_of(fields.get("files"))
    if not isinstance(ending, str) or not _ENDING.fullmatch(ending) or files is None:
        return None
    return Journal(ending=ending, files=files)


def remove_unfinished(folder: Path, origin: Origin, journal: Journal | None) -> None:
    """The files that a killed generation had begun, and nothing that is called otherwise."""
    for path in folder.glob(f".{name(origin)}.*"):
        if _ENDING.fullmatch(path.name.rpartition(".")[2]):
            path.unlink(missing_ok=True)
    if journal is None:
        return
    for path in (place_of(folder, one) for one in _paths(journal.files, origin)):
        temporary_path(path, journal.ending).unlink(missing_ok=True)


def _paths(files: Iterable[Generated], origin: Origin) -> tuple[str, ...]:
    return (*(file.path for file in files), manifest.name(origin))
