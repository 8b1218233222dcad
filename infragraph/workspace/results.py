"""What each file was found to hold, known from earlier runs and kept for later ones.

    path ──times──▶ digest ──▶ sketch
                      └──────▶ names, facts

Everything is found by the digest of a content, or by a path below the root, so that a checkout may
move; where it has new times, contents are read and found again by their digests.
"""

import os
from typing import Any, NamedTuple

from infragraph.workspace.inputs import Stat, digest, is_racy
from infragraph.workspace.parts import (
    Blobs,
    Held,
    Part,
    Plain,
    conclude,
    concluded,
    keep_base,
    keep_recent,
    keep_whole,
    load_parts,
    recall_whole,
)

LITTLE = 20
"""So many files, or one part in so many, may be added before all is written anew."""


PIECES = 2
"""What parsing gives: the names, and the facts."""


class Place(NamedTuple):
    """The cache, the root that is analyzed, and what stands for the tool that understands files."""

    folder: str
    root: str
    tool: Plain


class Results:
    """What is known of files, what a run used of it, and what it adds."""

    __slots__ = (
        "_above",
        "_added",
        "_concluded",
        "_folder",
        "_known",
        "_name",
        "_parts",
        "_tool",
        "_used",
    )

    def __init__(self, place: Place) -> None:
        self._folder = place.folder
        self._tool = place.tool
        self._above = place.root if place.root.endswith("/") else f"{place.root}/"
        path = os.path.realpath(place.root)
        self._name = digest(path.encode("utf-8", "surrogateescape")).hex()
        self._parts = load_parts(self._folder, self._name, self._tool)
        self._known = [part for part in (self._parts.recent, self._parts.base) if part is not None]
        self._added = _Added({}, {}, {})
        self._used = _Used({}, set(), set())
        self._concluded: dict[str, tuple[Plain, Plain]] = {}

    def unchanged(self, location: str, stat: Stat | None) -> bytes | None:
        """The digest of a file that has the times which it had when it was read."""
        path = self._below(location)
        for part in self._known:
            found = part.files.get(path)
            if found is not None:
                if found[0] != stat:
                    return None
                self._used.files[path] = found
                return found[1]
        return None

    def note(self, location: str, stat: Stat, content: bytes) -> None:
        """A file that was read; one that may change unseen is read again next time."""
        if not is_racy(stat):
            path = self._below(location)
            self._used.files[path] = self._added.files[path] = (stat, content)

    def sketched(self) -> frozenset[bytes]:
        """The contents of which sketches are known."""
        return frozenset[bytes]().union(*(part.sketches for part in self._known))

    def sketch(self, content: bytes) -> Plain | None:
        found = self._added.sketches.get(content)
        if found is None:
            found = next(
                (part.sketches[content] for part in self._known if content in part.sketches), None
            )
        if found is not None:
            self._used.sketches.add(content)
        return found

    def note_sketch(self, content: bytes, sketch: Plain) -> None:
        self._added.sketches[content] = sketch
        self._used.sketches.add(content)

    def blob(self, content: bytes, number: int) -> bytes | None:
        """One piece of what parsing this content gives."""
        added = self._added.blobs.get(content)
        found = None if added is None else added[number]
        for part in self._known if found is None else ():
            found = part.blob(content, number)
            if found is not None:
                break
        if found is not None:
            self._used.blobs.add(content)
        return found

    def use(self, content: bytes) -> None:
        """What parsing this content gives is to be kept, though this run needs none of it."""
        if any(content in part.blobs for part in self._known):
            self._used.blobs.add(content)

    def note_blobs(self, content: bytes, blobs: Blobs) -> None:
        self._added.blobs[content] = blobs
        self._used.blobs.add(content)

    def stamp(self, content: bytes, number: int) -> bytes | None:
        """What stands for one piece of what parsing this content gives."""
        added = self._added.blobs.get(content)
        if added is not None:
            return digest(added[number])
        found = (part.stamp(content, number) for part in self._known)
        return next((stamp for stamp in found if stamp is not None), None)

    def concluded(self, what: str, key: bytes) -> Any:
        """What followed in an earlier run from all that the key stands for; None where unknown."""
        return concluded(self._folder, self._name, what, (self._tool, key))

    def conclude(self, what: str, key: bytes, value: Plain) -> None:
        self._concluded[what] = ((self._tool, key), value)

    def recall(self) -> Plain | None:
        """What was concluded of the root as a whole."""
        return recall_whole(self._folder, self._name, self._tool)

    def remember(self, whole: Plain) -> None:
        keep_whole(self._folder, self._name, self._tool, whole)

    def keep(self) -> None:
        """Write what is new."""
        for what, (key, value) in sorted(self._concluded.items()):
            conclude(self._folder, self._name, what, key, value)
        added = _size(self._added)
        base, recent, is_own = self._parts
        before = 0 if recent is None else _size(recent)
        if not added:
            return
        if base is None or not is_own or added + before > LITTLE + len(base.files) // LITTLE:
            keep_base(self._folder, self._name, self._tool, self._all())
        else:
            keep_recent(self._folder, self._name, base, self._recent())

    def close(self) -> None:
        for part in self._known:
            part.pieces.close()
        self._known = []

    def _below(self, location: str) -> str:
        return location.removeprefix(self._above)

    def _all(self) -> Held:
        """What this run has used."""
        sketches = {content: self.sketch(content) for content in sorted(self._used.sketches)}
        return Held(dict(sorted(self._used.files.items())), sketches, self._blobs(self._used.blobs))

    def _recent(self) -> Held:
        """What was added since the base was written."""
        recent = self._parts.recent
        if recent is None:
            return Held(*self._added)
        return Held(
            {**recent.files, **self._added.files},
            {**recent.sketches, **self._added.sketches},
            self._blobs({*recent.blobs, *self._added.blobs}),
        )

    def _blobs(self, contents: set[bytes]) -> dict[bytes, Blobs]:
        found: dict[bytes, Blobs] = {}
        for content in sorted(contents):
            blobs = tuple(self.blob(content, number) for number in range(PIECES))
            whole = tuple(blob for blob in blobs if blob is not None)
            if len(whole) == PIECES:
                found[content] = whole
        return found


class _Added(NamedTuple):
    files: dict[str, tuple[Stat, bytes]]
    sketches: dict[bytes, Plain]
    blobs: dict[bytes, Blobs]


class _Used(NamedTuple):
    files: dict[str, tuple[Stat, bytes]]
    sketches: set[bytes]
    blobs: set[bytes]


def _size(held: _Added | Part) -> int:
    return len(held.files) + len(held.sketches) + len(held.blobs)
