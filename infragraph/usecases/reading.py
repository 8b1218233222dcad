"""Read the files of a tree where they are, in as many processes as are worth their start.

    places ──times──▶ known contents ──▶ what is known of them
       └──look──▶ sketch; parse ──▶ what is known of them from now on

What a file holds is not kept in memory: whoever needs it later reads it again, and a change is
noted.
"""

import marshal
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeAlias

from infragraph.dialects import ALL_DIALECTS
from infragraph.frontend.extract.faults import lost
from infragraph.frontend.extract.isolation.workers import (
    Lost,
    Workers,
    can_fork,
    usable_cores,
)
from infragraph.frontend.files import Follow, parsed
from infragraph.frontend.packing import facts_of, names_of, packed_facts, packed_names
from infragraph.frontend.reading import tokens_of
from infragraph.frontend.tiers.taint import FileNames
from infragraph.model.facts import FileFault, ModuleFacts
from infragraph.model.sketch import Sketch, SketchedImport
from infragraph.model.source import Position, SourceFile
from infragraph.model.stages import Stage, Told, untold
from infragraph.usecases.sketching import sketched
from infragraph.workspace.inputs import Stat, digest, note_change, note_use, stat_of
from infragraph.workspace.memory import Forgetful, Memory
from infragraph.workspace.reading import WHY, NotRead, Reason, look, look_again
from infragraph.workspace.results import Place, Results
from infragraph.workspace.surveying import Surveyed

FEW = 400
"""Up to so many files are read by this process: others would take longer to start."""

_TOPS = frozenset[str]().union(*(dialect.library.top_level for dialect in ALL_DIALECTS))
TOKENS = tokens_of(_TOPS)

_Imports: TypeAlias = dict[SketchedImport, SketchedImport]

_IMPORTS: _Imports = {}
"""In a worker; what it sends of one batch, and what is kept, then names each but once."""

_BEGINNING = Position(1, 1, 1, 1)

_REASONS: Mapping[str, Reason] = {reason: reason for reason in WHY}

_FIRST = "first"
"""Under what it is kept which files can matter."""

_NAMES, _FACTS = 0, 1
"""The pieces of what parsing a file gives."""

# Of a file that takes its process with it, all may be true.
_ANYTHING = Sketch(tuple(sorted(_TOPS)), True, True, ())  # noqa: FBT003 - in the order of its fields


@contextmanager
def reading(
    *,
    jobs: int | None = None,
    few: int = FEW,
    told: Told = untold,
    place: Place | None = None,
) -> Generator["OnDisk"]:
    """What reads files, with at most `jobs` processes; by itself it takes a process a core.

    The processes end with the context. Their number does not show in any result, nor does whether
    results are kept, which they are where there is a `place`; `keep` writes them.
    """
    most = usable_cores() if jobs is None else jobs
    results = None
    if place is not None:
        results = Results(place._replace(tool=(place.tool, TOKENS)))
    survey = partial(_surveyed, frozenset[bytes]() if results is None else results.sketched())
    with Workers((survey, _parsed), most) as workers:
        yield OnDisk(workers if most > 1 and can_fork() else None, few, told, results, survey)


class OnDisk:
    """Files by their locations: the `Survey` of a tree, and the `Files` of the front end.

    Whoever concludes something from more than the sketch of a file asks here, where that is noted:
    of all others another content with the same sketch changes nothing.
    """

    __slots__ = (
        "_blobs",
        "_digests",
        "_faults",
        "_few",
        "_imports",
        "_is_certain",
        "_is_large",
        "_results",
        "_seen",
        "_survey",
        "_told",
        "_workers",
    )

    def __init__(
        self,
        workers: Workers | None,
        few: int,
        told: Told,
        results: Results | None,
        survey: Callable[[str], Any],
    ) -> None:
        self._workers = workers
        self._few = few
        self._told = told
        self._results = results
        self._survey = survey
        self._is_large = False
        # Whether the contents of the files alone decide what is concluded.
        self._is_certain = True
        self._digests: dict[str, bytes] = {}
        self._blobs: dict[bytes, tuple[bytes, bytes]] = {}
        self._faults: dict[str, FileFault] = {}
        self._seen: dict[str, bytes] = {}
        self._imports: _Imports = {}

    @property
    def memory(self) -> Memory:
        """Where conclusions are kept, if they are."""
        return Forgetful() if self._results is None else self._results

    def survey(self, locations: Sequence[str]) -> list[Surveyed | NotRead]:
        """The digest and the sketch of each file."""
        self._is_large = self._is_large or len(locations) > self._few
        found: dict[str, Surveyed | NotRead] = {}
        unknown: list[str] = []
        for location in locations:
            known = self._known(location)
            if known is None:
                unknown.append(location)
            else:
                found[location] = known

        def arrived(number: int, result: Any) -> None:
            found[unknown[number]] = self._as_surveyed(unknown[number], result)

        self._share("read", self._survey, unknown, arrived, batch=64)
        for location, one in found.items():
            if not isinstance(one, NotRead):
                self._seen[location] = one.seen
        return [found[location] for location in locations]

    def names(self, sources: Sequence[SourceFile]) -> list[FileNames]:
        return [
            FileNames((), ()) if isinstance(piece, FileFault) else names_of(piece)
            for piece in self._pieces(sources, _NAMES)
        ]

    def followed(
        self, sources: Sequence[SourceFile], tops: frozenset[str], follow: Follow
    ) -> tuple[int, ...]:
        key = self._key(sources, tops)
        known = (
            None if key is None or self._results is None else self._results.concluded(_FIRST, key)
        )
        if known is not None:
            before: list[int] = known[0]
            stamps, found = known[1:]
            if self._stamps([sources[number] for number in before]) == stamps:
                return tuple(found)
        asked: list[int] = []

        def names(numbers: Sequence[int]) -> list[FileNames]:
            asked.extend(numbers)
            return self.names([sources[number] for number in numbers])

        first = follow(names)
        if key is not None and self._results is not None and self._is_certain:
            stamps = self._stamps([sources[number] for number in asked])
            self._results.conclude(_FIRST, key, (asked, stamps, first))
        return first

    def facts(self, sources: Sequence[SourceFile]) -> list[ModuleFacts]:
        found = [
            ModuleFacts((), None, (), piece) if isinstance(piece, FileFault) else facts_of(piece)
            for piece in self._pieces(sources, _FACTS)
        ]
        if self._results is None:
            # Nobody is going to write them, and whoever asked keeps the facts.
            for source in sources:
                self._blobs.pop(self._digests.get(source.location or "", source.digest), None)
        return found

    def contents(self, source: SourceFile) -> bytes:
        found = look_again(source.location or "", source.digest)
        if isinstance(found, NotRead):
            self._is_certain = False
            return b""
        self._is_certain = self._is_certain and found.digest == source.digest
        return found.content

    def parsed_content(self, source: SourceFile) -> bytes:
        note_use(source.location or "")
        return self._digests.get(source.location or "", source.digest)

    def holds(self, content: bytes, source: SourceFile) -> bool:
        note_use(source.location or "")
        return content == source.digest

    def same(self, content: bytes, source: SourceFile) -> bool:
        note_use(source.location or "")
        if content == source.digest == self.parsed_content(source):
            if self._results is not None:
                self._results.use(content)
            return bool(content)
        before = None if self._results is None else self._results.blob(content, _FACTS)
        (now,) = self._pieces((source,), _FACTS)
        return before is not None and before == now

    def earlier(self, content: bytes) -> ModuleFacts | None:
        before = None if self._results is None else self._results.blob(content, _FACTS)
        return None if before is None else facts_of(before)

    def recall(self) -> Any:
        return None if self._results is None else self._results.recall()

    def remember(self, whole: Callable[[], Any]) -> None:
        if self._results is not None and self._is_certain:
            self._results.remember(whole())

    def told(self, stage: Stage, done: int, total: int) -> None:
        self._told(stage, done, total)

    def keep(self) -> None:
        """Write what a later run may use, where results are kept."""
        if self._results is not None:
            self._results.keep()
            self._results.close()

    def _known(self, location: str) -> Surveyed | None:
        """What is known of a file whose times say that it is the one that was read before."""
        if self._results is None:
            return None
        stat = stat_of(location)
        content = None if stat is None else self._results.unchanged(location, stat)
        found: Any = None if content is None else self._results.sketch(content)
        if stat is None or content is None or found is None:
            return None
        return _as_seen(stat, content, found)

    def _as_surveyed(self, location: str, result: Any) -> Surveyed | NotRead:
        if isinstance(result, Lost):
            return Surveyed((0, 0, 0, 0), b"", _ANYTHING, b"")
        if isinstance(result, str):
            return NotRead(reason=_REASONS[result])
        stat, content, seen = result
        if seen is not None:
            seen = _shared(seen, self._imports)
        if self._results is not None:
            self._results.note(location, stat, content)
            if seen is None:
                return _as_seen(stat, content, self._results.sketch(content))
            self._results.note_sketch(content, seen)
        return _as_seen(stat, content, seen)

    def _key(self, sources: Sequence[SourceFile], tops: frozenset[str]) -> bytes | None:
        """What stands for the sketches of sources and for what they are called."""
        seen = [self._seen.get(source.location or "", b"") for source in sources]
        if not all(seen):
            return None
        called = [(source.path, source.module, source.is_package) for source in sources]
        return digest(marshal.dumps((sorted(tops), called, seen), 2))

    def _stamps(self, sources: Sequence[SourceFile]) -> list[bytes]:
        """What stands for the names in each source, which are not read for it."""
        found = [self._stamp(source) for source in sources]
        unknown = [source for source, stamp in zip(sources, found, strict=True) if stamp is None]
        if unknown:
            self._parse(unknown)
            found = [self._stamp(source) for source in sources]
        return [stamp or b"" for stamp in found]

    def _stamp(self, source: SourceFile) -> bytes | None:
        location = source.location or ""
        note_use(location)
        if location in self._faults:
            return b""
        content = self._digests.get(location, source.digest)
        if content in self._blobs:
            return digest(self._blobs[content][_NAMES])
        if self._results is None:
            return None
        self._results.use(content)
        return self._results.stamp(content, _NAMES)

    def _pieces(self, sources: Sequence[SourceFile], number: int) -> list[bytes | FileFault]:
        """One piece of each source, or why there is none."""
        found = [self._piece(source, number) for source in sources]
        unknown = [source for source, piece in zip(sources, found, strict=True) if piece is None]
        if unknown:
            self._parse(unknown)
        for index, source in enumerate(sources):
            if found[index] is None:
                found[index] = self._piece(source, number)
        return [piece for piece in found if piece is not None]

    def _piece(self, source: SourceFile, number: int) -> bytes | FileFault | None:
        location = source.location or ""
        note_use(location)
        if location in self._faults:
            return self._faults[location]
        content = self._digests.get(location, source.digest)
        if content in self._blobs:
            return self._blobs[content][number]
        return None if self._results is None else self._results.blob(content, number)

    def _parse(self, sources: Sequence[SourceFile]) -> None:
        locations = [source.location or "" for source in sources]

        def arrived(number: int, result: Any) -> None:
            self._take_parsed(sources[number], result)

        self._share("parse", _parsed, locations, arrived, batch=8)

    def _take_parsed(self, source: SourceFile, result: Any) -> None:
        location = source.location or ""
        if isinstance(result, Lost):
            self._take_fault(location, lost(_BEGINNING, is_timeout=result.ending == "timeout"))
            return
        if isinstance(result, str):
            why = WHY[_REASONS[result]]
            self._take_fault(location, FileFault("file-not-read", why, _BEGINNING))
            return
        content, blobs, is_certain = result
        self._is_certain = self._is_certain and is_certain
        if content != source.digest:
            note_change(location)
        self._digests[location] = content
        self._blobs[content] = blobs
        if is_certain and self._results is not None:
            self._results.note_blobs(content, blobs)

    def _take_fault(self, location: str, fault: FileFault) -> None:
        note_change(location)
        self._is_certain = False
        self._faults[location] = fault

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

        if self._workers is not None and self._is_large:
            self._workers.run(task, locations, counted, batch=batch)
        else:
            for number, location in enumerate(locations):
                counted(number, task(location))


def _surveyed(known: Collection[bytes], location: str) -> Any:
    """Times, digest and sketch of a file, which is left out where it is known by its digest."""
    found = look(location)
    if isinstance(found, NotRead):
        return found.reason
    if found.digest in known:
        return found.stat, found.digest, None
    return found.stat, found.digest, _shared(sketched(found.content, TOKENS), _IMPORTS)


def _shared(found: tuple[Any, bytes], known: _Imports) -> tuple[Any, bytes]:
    """The same, with imports that other files have, too, as one value: three of four are such."""
    (tokens, is_dynamic, has_directive, imports), seen = found
    share = known.setdefault
    return (tokens, is_dynamic, has_directive, tuple([share(one, one) for one in imports])), seen


def _as_seen(stat: Stat, content: bytes, found: Any) -> Surveyed:
    plain, seen = found
    return Surveyed(stat, content, Sketch(*plain), seen)


def _parsed(location: str) -> Any:
    """The digest of a file, its names and facts, and whether its bytes alone have decided these."""
    found = look(location)
    if isinstance(found, NotRead):
        return found.reason
    names, facts = parsed(found.content)
    is_certain = facts.fault is None or facts.fault.kind not in {"timeout", "parser-crash"}
    return found.digest, (packed_names(names), packed_facts(facts)), is_certain
