"""The files of an application, parsed as far as they are needed.

bytes ──sketch──▶ names ──follow──▶ candidates ──extract──▶ facts ──run──▶ what else is needed
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from infragraph.frontend.analysis import modules
from infragraph.frontend.files import Files
from infragraph.frontend.library import Library
from infragraph.frontend.program import Program
from infragraph.frontend.tiers.candidates import Parsed, Sketched, candidates
from infragraph.frontend.tiers.sketch import sketch
from infragraph.model.facts import ModuleFacts
from infragraph.model.source import SourceFile

FEW = 300
"""Up to so many files are all parsed: that takes a second, and shows every syntax error."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What has been read so far; `facts` are by the number of the source."""

    sources: Sequence[SourceFile]
    sketched: Sequence[Sketched]
    files: Files
    facts: dict[int, ModuleFacts] = field(default_factory=dict[int, ModuleFacts])

    def program(self) -> Program:
        passed_over = frozenset(
            file.module for number, file in enumerate(self.sketched) if number not in self.facts
        )
        return modules(self.parsed(), passed_over)

    def read(self, names: Iterable[str]) -> None:
        """Parse the modules of these names too, with the packages around them."""
        wanted = {prefix for name in names for prefix in _prefixes(name)}
        numbers = [
            number
            for number, file in enumerate(self.sketched)
            if file.module in wanted and number not in self.facts
        ]
        parsed = self.files.parsed([self.sources[number] for number in numbers])
        self.facts.update(zip(numbers, (facts for facts, _ in parsed), strict=True))

    def parsed(self) -> Iterator[tuple[SourceFile, ModuleFacts]]:
        """Every file that was parsed."""
        for number in sorted(self.facts):
            yield self.sources[number], self.facts[number]


def read(
    sources: Sequence[SourceFile],
    libraries: Iterable[Library],
    files: Files,
    *,
    few: int = FEW,
) -> Reading:
    """The sources with those parsed that can matter, or with all where they are `few`."""
    tops = frozenset[str]().union(*(library.top_level for library in libraries))
    tokens = tokens_of(tops)
    sketched = [
        Sketched(
            module=source.module,
            is_package=source.is_package,
            sketch=source.sketch or sketch(source.content, tokens),
        )
        for source in sources
    ]
    reading = Reading(sources=sources, sketched=sketched, files=files)
    if len(sources) <= few:
        reading.read(file.module for file in sketched)
    else:

        def parse(numbers: Sequence[int]) -> Sequence[Parsed]:
            return files.parsed([sources[number] for number in numbers])

        found = candidates(sketched, tops, parse)
        reading.facts.update((number, facts) for number, (facts, _) in found.items())
    return reading


def tokens_of(tops: Iterable[str]) -> tuple[bytes, ...]:
    """What a file holds that names one of these libraries."""
    return tuple(sorted(top.encode() for top in tops))


def _prefixes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
