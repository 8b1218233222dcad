"""What the files of a tree hold, as far as their bytes tell without being parsed."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from infragraph.model.sketch import Sketch
from infragraph.workspace.inputs import Stat, note_file, note_sketch, stat_of
from infragraph.workspace.reading import NotRead


class Surveyed(NamedTuple):
    """A file that was read: what recognises it, what was seen in it, and what stands for that.

    Nothing stands for what was not seen, but is feared to be there.
    """

    stat: Stat
    digest: bytes
    sketch: Sketch
    seen: bytes


Survey: TypeAlias = Callable[[Sequence[str]], Sequence[Surveyed | NotRead]]
"""Reads the files at these places; one answer for each, in their order."""


def surveyed(locations: Sequence[str], survey: Survey) -> Iterator[Surveyed | NotRead]:
    """What a survey finds, each file noted as an input of the analysis."""
    for location, found in zip(locations, survey(locations), strict=True):
        if isinstance(found, NotRead):
            note_file(location, stat_of(location), b"")
        else:
            note_file(location, found.stat, found.digest)
            if found.seen:
                note_sketch(location, found.seen)
        yield found
