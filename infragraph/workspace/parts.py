"""The files that keep what is known of an application's files: a large one, and what came since.

The large one is written anew when what came since is no longer little; until then a run writes the
little alone. Both belong together by the digest of the large one's head.
"""

import os
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from infragraph.workspace import cache
from infragraph.workspace.inputs import Stat
from infragraph.workspace.pieces import Pieces, Span, keep_pieces, spans

Plain: TypeAlias = object
"""What `marshal` can write."""

Blobs: TypeAlias = tuple[bytes, ...]
"""What parsing a file gives, in pieces that are read apart."""

MOST_ROOTS = 8
"""Of so many roots results are kept, those that were written last."""

_LAST = f"{cache.RESULTS}/last"
_BASE, _RECENT, _WHOLE = "base", "recent", "whole"
_ABANDONED = 3600.0
"""Seconds after which a file that was begun is not going to be ended."""


class Part:
    """What one file holds: paths with times and digest, and by digest what the content holds."""

    __slots__ = ("blobs", "files", "pieces", "sketches")

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.files: Mapping[str, tuple[Stat, bytes]]
        self.sketches: Mapping[bytes, Plain]
        self.blobs: Mapping[bytes, tuple[Span, ...]]
        _, self.files, self.sketches, self.blobs = pieces.head

    def stamp(self, content: bytes, number: int) -> bytes | None:
        """What stands for a piece, which need not be read for it."""
        found = self.blobs.get(content)
        return None if found is None else found[number][2]

    def blob(self, content: bytes, number: int) -> bytes | None:
        found = self.blobs.get(content)
        return None if found is None else self.pieces.piece(found[number])


class Parts(NamedTuple):
    """Both files where they are there; a base that is another root's gives contents alone."""

    base: Part | None
    recent: Part | None
    is_own: bool


def load_parts(folder: str, name: str, key: Plain) -> Parts:
    """What this root's last runs have kept, or else whichever root's came last."""
    base = _opened(folder, name, _BASE, key)
    is_own = base is not None
    if base is None:
        last = cache.load(folder, _LAST)
        if not isinstance(last, str):
            return Parts(None, None, is_own=False)
        name = last
        base = _opened(folder, name, _BASE, key)
        if base is None:
            return Parts(None, None, is_own=False)
    return Parts(base, _opened(folder, name, _RECENT, base.pieces.identity), is_own)


def keep_base(folder: str, name: str, key: Plain, held: "Held") -> None:
    """All that is to be known from now on."""
    _keep(folder, name, _BASE, key, held)
    cache.remove(f"{folder}/{_path(name, _RECENT)}")
    if cache.load(folder, _LAST) != name:
        cache.keep(folder, _LAST, name)
    _forget(f"{folder}/{cache.RESULTS}")


def keep_recent(folder: str, name: str, base: Part, held: "Held") -> None:
    _keep(folder, name, _RECENT, base.pieces.identity, held)


def recall_whole(folder: str, name: str, key: Plain) -> Plain | None:
    """What was concluded of the root as a whole."""
    found = cache.load(folder, _path(name, _WHOLE))
    return found[1] if found is not None and found[0] == key else None


def keep_whole(folder: str, name: str, key: Plain, whole: Plain) -> None:
    cache.keep(folder, _path(name, _WHOLE), (key, whole))


def concluded(folder: str, name: str, what: str, key: Plain) -> Plain | None:
    """What followed from all that the key stands for."""
    found = cache.load(folder, _path(name, what))
    return found[1] if found is not None and found[0] == key else None


def conclude(folder: str, name: str, what: str, key: Plain, value: Plain) -> None:
    cache.keep(folder, _path(name, what), (key, value))


class Held(NamedTuple):
    """What is to be written."""

    files: Mapping[str, tuple[Stat, bytes]]
    sketches: Mapping[bytes, Plain]
    blobs: Mapping[bytes, Blobs]


def _keep(folder: str, name: str, part: str, key: Plain, held: Held) -> None:
    every = [blob for _, blobs in sorted(held.blobs.items()) for blob in blobs]
    places = iter(spans(every))
    table = {
        content: tuple(next(places) for _ in blobs) for content, blobs in sorted(held.blobs.items())
    }
    head = (key, dict(held.files), dict(held.sketches), table)
    keep_pieces(folder, _path(name, part), head, every)


def _opened(folder: str, name: str, part: str, key: Plain) -> Part | None:
    pieces = Pieces.opened(f"{folder}/{_path(name, part)}")
    if pieces is None:
        return None
    if pieces.head[0] != key:
        pieces.close()
        return None
    return Part(pieces)


def _path(name: str, part: str) -> str:
    return f"{cache.RESULTS}/{name}-{part}"


def _forget(folder: str) -> None:
    """Remove what belongs to roots not seen for long, and what nobody is going to end."""
    times: dict[str, float] = {}
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is asked for
        for one in names:
            times[one] = os.stat(f"{folder}/{one}").st_mtime  # noqa: PTH116
    except OSError:
        # Another run does the same.
        return
    bases = (one for one in names if one.endswith(f"-{_BASE}"))
    newest = sorted(bases, key=lambda one: (-times[one], one))
    kept = {one.partition("-")[0] for one in newest[:MOST_ROOTS]} | {"last"}
    for one in _obsolete(names, kept, times):
        cache.remove(f"{folder}/{one}")


def _obsolete(names: Iterable[str], kept: set[str], times: Mapping[str, float]) -> list[str]:
    found: list[str] = []
    for one in names:
        # What is being written has the number of the process behind its name.
        name, is_begun, _ = one.partition(".")
        if is_begun:
            is_obsolete = times[one] < time.time() - _ABANDONED
        else:
            is_obsolete = name.partition("-")[0] not in kept
        if is_obsolete:
            found.append(one)
    return found
