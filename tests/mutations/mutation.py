"""One mistake in an application that has none, and the place where it is to be found."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from infragraph.model.source import SourceSpan
from tests.examples import CLOSING, OPENING, unmarked


@dataclass(frozen=True, slots=True)
class Edit:
    """`old`, which stands in the file once, becomes `new`; at its end where `old` is empty."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Added:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    path: str


@dataclass(frozen=True, slots=True)
class Moved:
    path: str
    to: str


Change: TypeAlias = Edit | Added | Removed | Moved


@dataclass(frozen=True, slots=True)
class Mutation:
    """The code of the only finding that the changes give; one of their texts marks its span."""

    code: str
    title: str
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return f"{self.code}-{self.title.replace(' ', '-')}"


def mutation(code: str, title: str, *changes: Change) -> Mutation:
    return Mutation(code, title, changes)


def planted(changes: Iterable[Change], root: Path) -> SourceSpan:
    """Make the changes below a folder; the span that they mark."""
    marked: set[str] = set()
    for change in changes:
        target = root / change.path
        match change:
            case Edit(path, old, new):
                text = target.read_text("utf-8")
                assert not old or text.count(old) == 1, f"{path} has {text.count(old)} of {old!r}"
                target.write_text(text.replace(old, new) if old else text + new, "utf-8")
                marked |= {path} if OPENING in new else set()
            case Added(path, text):
                assert not target.exists(), f"there is a file {path}"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8")
                marked |= {path} if OPENING in text else set()
            case Removed():
                shutil.rmtree(target) if target.is_dir() else target.unlink()
            case Moved(_, to):
                (root / to).parent.mkdir(parents=True, exist_ok=True)
                target.rename(root / to)
    (path,) = marked
    written = unmarked({path: (root / path).read_text("utf-8")})
    assert OPENING not in written.files[path]
    assert CLOSING not in written.files[path]
    (root / path).write_text(written.files[path], "utf-8")
    return written.span
