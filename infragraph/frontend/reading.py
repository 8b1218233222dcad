"""The files of an application, parsed as far as they are needed.

bytes ──sketch──▶ names ──follow──▶ candidates ──extract──▶ facts ──run──▶ what else is needed
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from infragraph.frontend.analysis import modules
from infragraph.frontend.extract import extract
from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.library import Library
from infragraph.frontend.program import Program
from infragraph.frontend.tiers.candidates import Parsed, Sketched, candidates
from infragraph.frontend.tiers.sketch import sketch
from infragraph.frontend.tiers.taint import FileNames, file_names
from infragraph.model.facts import FileFault, ModuleFacts
from infragraph.model.source import SourceFile

FEW = 300
"""Up to so many files are all parsed: that takes a second, and shows every syntax error."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What has been read so far; `facts` are by the number of the source."""

    sources: Sequence[SourceFile]
    sketched: Sequence[Sketched]
    facts: dict[int, ModuleFacts] = field(default_factory=dict[int, ModuleFacts])

    def program(self) -> Program:
        passed_over = frozenset(
            file.module for number, file in enumerate(self.sketched) if number not in self.facts
        )
        return modules(self.parsed(), passed_over)

    def read(self, names: Iterable[str]) -> None:
        """Parse the modules of these names too, with the packages around them."""
        wanted = {prefix for name in names for prefix in _prefixes(name)}
        for number, file in enumerate(self.sketched):
            if file.module in wanted and number not in self.facts:
                self.facts[number] = extract(self.sources[number].content)

    def parsed(self) -> Iterator[tuple[SourceFile, ModuleFacts]]:
        """Every file that was parsed."""
        for number in sorted(self.facts):
            yield self.sources[number], self.facts[number]


def read(sources: Sequence[SourceFile], libraries: Iterable[Library], *, few: int = FEW) -> Reading:
    """The sources with those parsed that can matter, or with all where they are `few`."""
    tops = frozenset[str]().union(*(library.top_level for library in libraries))
    tokens = tuple(sorted(top.encode() for top in tops))
    sketched = [
        Sketched(
            module=source.module,
            is_package=source.is_package,
            sketch=sketch(source.content, tokens),
        )
        for source in sources
    ]
    reading = Reading(sources=sources, sketched=sketched)
    if len(sources) <= few:
        reading.read(file.module for file in sketched)
    else:
        found = candidates(sketched, tops, _parser(sources))
        reading.facts.update((number, facts) for number, (facts, _) in found.items())
    return reading


def _parser(sources: Sequence[SourceFile]) -> Callable[[Sequence[int]], Sequence[Parsed]]:
    def parse(numbers: Sequence[int]) -> Sequence[Parsed]:
        return [_parsed(sources[number].content) for number in numbers]

    return parse


def _parsed(content: bytes) -> Parsed:
    facts = extract(content)
    text = decode(content)
    if isinstance(text, FileFault):
        return facts, FileNames((), ())
    return facts, file_names(facts.body, text.lines)


def _prefixes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
