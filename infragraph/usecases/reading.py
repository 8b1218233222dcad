"""Read the files of a tree where they are, in as many processes as are worth their start.

    places ──look, sketch──▶ what names say          places ──look, parse──▶ facts

What a file holds is not kept: whoever needs it later reads it again, and a change is noted.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from infragraph.dialects import ALL_DIALECTS
from infragraph.frontend.extract.faults import lost
from infragraph.frontend.extract.isolation.workers import (
    Lost,
    Workers,
    can_fork,
    usable_cores,
)
from infragraph.frontend.files import parsed
from infragraph.frontend.packing import packed, unpacked
from infragraph.frontend.reading import tokens_of
from infragraph.frontend.tiers.candidates import Parsed
from infragraph.frontend.tiers.sketch import sketch
from infragraph.frontend.tiers.taint import FileNames
from infragraph.model.facts import FileFault, ModuleFacts
from infragraph.model.sketch import Sketch
from infragraph.model.source import Position, SourceFile
from infragraph.model.stages import Stage, Told, untold
from infragraph.workspace.inputs import note_change
from infragraph.workspace.reading import WHY, NotRead, Reason, look, look_again
from infragraph.workspace.surveying import Surveyed

FEW = 400
"""Up to so many files are read by this process: others would take longer to start."""

_TOPS = frozenset[str]().union(*(dialect.library.top_level for dialect in ALL_DIALECTS))
_TOKENS = tokens_of(_TOPS)

_BEGINNING = Position(1, 1, 1, 1)

_REASONS: Mapping[str, Reason] = {reason: reason for reason in WHY}

# Of a file that takes its process with it, all may be true.
_ANYTHING = Sketch(tuple(sorted(_TOPS)), True, True, ())  # noqa: FBT003 - in the order of its fields


@contextmanager
def reading(*, jobs: int | None = None, few: int = FEW, told: Told = untold) -> Generator["OnDisk"]:
    """What reads files, with at most `jobs` processes; by itself it takes a process a core.

    The processes end with the context. Their number does not show in any result.
    """
    most = usable_cores() if jobs is None else jobs
    with Workers((_surveyed, _parsed), most) as workers:
        yield OnDisk(workers if most > 1 and can_fork() else None, few, told)


class OnDisk:
    """Files by their locations: the `Survey` of a tree, and the `Files` of the front end."""

    __slots__ = ("_few", "_is_shared", "_told", "_workers")

    def __init__(self, workers: Workers | None, few: int, told: Told) -> None:
        self._workers = workers
        self._few = few
        self._told = told
        self._is_shared = False

    def survey(self, locations: Sequence[str]) -> list[Surveyed | NotRead]:
        """The digest and the sketch of each file."""
        if len(locations) > self._few:
            self._is_shared = True
        found: dict[int, Surveyed | NotRead] = {}

        def arrived(number: int, result: Any) -> None:
            found[number] = _as_surveyed(result)

        self._share("read", _surveyed, locations, arrived, batch=64)
        return [found[number] for number in range(len(locations))]

    def parsed(self, sources: Sequence[SourceFile]) -> list[Parsed]:
        found: dict[int, Parsed] = {}

        def arrived(number: int, result: Any) -> None:
            found[number] = _as_parsed(sources[number], result)

        locations = [source.location or "" for source in sources]
        self._share("parse", _parsed, locations, arrived, batch=8)
        return [found[number] for number in range(len(sources))]

    def contents(self, source: SourceFile) -> bytes:
        found = look_again(source.location or "", source.digest)
        return b"" if isinstance(found, NotRead) else found.content

    def told(self, stage: Stage, done: int, total: int) -> None:
        self._told(stage, done, total)

    def _share(
        self,
        stage: Stage,
        task: Callable[[str], Any],
        locations: Sequence[str],
        arrived: Callable[[int, Any], None],
        *,
        batch: int,
    ) -> None:
        total = len(locations)
        done = 0

        def counted(number: int, result: Any) -> None:
            nonlocal done
            if done % batch == 0:
                self._told(stage, done, total)
            done += 1
            arrived(number, result)

        if self._workers is not None and self._is_shared:
            self._workers.run(task, locations, counted, batch=batch)
        else:
            for number, location in enumerate(locations):
                counted(number, task(location))


def _surveyed(location: str) -> Any:
    found = look(location)
    if isinstance(found, NotRead):
        return found.reason
    seen = sketch(found.content, _TOKENS)
    plain = (seen.tokens, seen.is_dynamic, seen.has_directive, seen.imports)
    return found.stat, found.digest, plain


def _as_surveyed(result: Any) -> Surveyed | NotRead:
    if isinstance(result, Lost):
        return Surveyed((0, 0, 0, 0), b"", _ANYTHING)
    if isinstance(result, str):
        return NotRead(reason=_REASONS[result])
    stat, digest, plain = result
    return Surveyed(stat, digest, Sketch(*plain))


def _parsed(location: str) -> Any:
    found = look(location)
    if isinstance(found, NotRead):
        return found.reason
    return found.digest, packed(parsed(found.content))


def _as_parsed(source: SourceFile, result: Any) -> Parsed:
    location = source.location or ""
    if isinstance(result, Lost):
        note_change(location)
        return _faulty(lost(_BEGINNING, is_timeout=result.ending == "timeout"))
    if isinstance(result, str):
        note_change(location)
        return _faulty(FileFault("file-not-read", WHY[_REASONS[result]], _BEGINNING))
    digest, content = result
    if digest != source.digest:
        note_change(location)
    return unpacked(content)


def _faulty(fault: FileFault) -> Parsed:
    return ModuleFacts((), None, (), fault), FileNames((), ())
