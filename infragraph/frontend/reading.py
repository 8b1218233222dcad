"""The files of an application, parsed as far as they are needed.

bytes ──sketch──▶ names ──follow──▶ candidates ──extract──▶ facts ──run──▶ what else is needed
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from infragraph.frontend.analysis import module_of
from infragraph.frontend.files import Files
from infragraph.frontend.library import Library
from infragraph.frontend.program import Module, Program, program
from infragraph.frontend.tiers.candidates import Sketched, candidates
from infragraph.frontend.tiers.sketch import sketch
from infragraph.model.facts import ModuleFacts
from infragraph.model.source import SourceFile

FEW = 300
"""Up to so many files are all parsed: that takes a second, and shows every syntax error."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What has been read so far; `facts` are by the number of the source.

    `first` are the numbers of those that names lead to, whose facts are read when they are used.
    """

    sources: Sequence[SourceFile]
    sketched: Sequence[Sketched]
    files: Files
    first: tuple[int, ...]
    facts: dict[int, ModuleFacts] = field(default_factory=dict[int, ModuleFacts])
    _modules: dict[int, Module] = field(default_factory=dict[int, Module])
    _searched: dict[str, SourceFile] = field(default_factory=dict[str, SourceFile])

    def program(self) -> Program:
        self._load(self.first)
        passed_over = frozenset(
            file.module for number, file in enumerate(self.sketched) if number not in self.facts
        )
        for number in sorted(self.facts.keys() - self._modules.keys()):
            self._modules[number] = module_of(self.sources[number], self.facts[number])
        return program((self._modules[number] for number in sorted(self.facts)), passed_over)

    def read(self, names: Iterable[str]) -> None:
        """Parse the modules of these names too, with the packages around them."""
        wanted = {prefix for name in names for prefix in _prefixes(name)}
        self._load(number for number, file in enumerate(self.sketched) if file.module in wanted)

    def parsed(self) -> Iterator[tuple[SourceFile, ModuleFacts]]:
        """Every file that was parsed."""
        self._load(self.first)
        for number in sorted(self.facts):
            yield self.sources[number], self.facts[number]

    def text(self, source: SourceFile) -> bytes:
        """The content of a file, for what its facts do not tell."""
        self._searched[source.path] = source
        return self.files.contents(source)

    def searched(self) -> list[SourceFile]:
        """The files of which more than the facts was used."""
        return [source for _, source in sorted(self._searched.items())]

    def _load(self, wanted: Iterable[int]) -> None:
        numbers = [number for number in wanted if number not in self.facts]
        if numbers:
            found = self.files.facts([self.sources[number] for number in numbers])
            self.facts.update(zip(numbers, found, strict=True))


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
    if len(sources) <= few:
        first = tuple(range(len(sources)))
    else:
        first = files.followed(sources, tops, lambda parse: candidates(sketched, tops, parse))
    return Reading(sources=sources, sketched=sketched, files=files, first=first)


def tokens_of(tops: Iterable[str]) -> tuple[bytes, ...]:
    """What a file holds that names one of these libraries."""
    return tuple(sorted(top.encode() for top in tops))


def _prefixes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
