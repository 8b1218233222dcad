"""Where the front end gets files from: their contents, and what parsing them gives."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.extract.reading import extract_text
from infragraph.frontend.tiers.taint import FileNames, file_names
from infragraph.model.facts import FileFault, ModuleFacts
from infragraph.model.source import SourceFile
from infragraph.model.stages import Stage, untold

Parsed: TypeAlias = tuple[FileNames, ModuleFacts]
"""What parsing a file gives."""


Follow: TypeAlias = Callable[[Callable[[Sequence[int]], Sequence[FileNames]]], tuple[int, ...]]
"""Finds what can matter, asking for the names in sources; both go by the numbers of sources."""


class Files(Protocol):
    """Gives what stands in sources, whoever parses them and wherever."""

    def contents(self, source: SourceFile) -> bytes:
        """The bytes of a file; none where it can no longer be read."""
        ...

    def names(self, sources: Sequence[SourceFile]) -> Sequence[FileNames]:
        """What each imports and binds, in their order."""
        ...

    def followed(
        self, sources: Sequence[SourceFile], tops: frozenset[str], follow: Follow
    ) -> tuple[int, ...]:
        """What `follow` gives, which sketches, names and the libraries' `tops` alone decide."""
        ...

    def facts(self, sources: Sequence[SourceFile]) -> Sequence[ModuleFacts]:
        """The facts of each, in their order."""
        ...

    def parsed_content(self, source: SourceFile) -> bytes:
        """The digest of the content that was parsed."""
        ...

    def holds(self, content: bytes, source: SourceFile) -> bool:
        """Whether the source has the content with this digest, which decides something."""
        ...

    def same(self, content: bytes, source: SourceFile) -> bool:
        """Whether it is seen at once that a content with this digest has the source's facts."""
        ...

    def earlier(self, content: bytes) -> ModuleFacts | None:
        """The facts that were read from a content with this digest, where they are kept."""
        ...

    def recall(self) -> Any:
        """The plain values that were remembered in an earlier run; None where there are none."""
        ...

    def remember(self, whole: Callable[[], Any]) -> None:
        """Keeps the plain values that `whole` gives, which is not called where nothing is kept."""
        ...

    def told(self, stage: Stage, done: int, total: int) -> None:
        """Takes note of what is under way."""
        ...


class InMemory:
    """Sources that hold their contents."""

    __slots__ = ("_parsed",)

    def __init__(self) -> None:
        self._parsed: dict[str, Parsed] = {}

    def contents(self, source: SourceFile) -> bytes:
        return source.content

    def names(self, sources: Sequence[SourceFile]) -> Sequence[FileNames]:
        return [self._of(source)[0] for source in sources]

    def followed(
        self, sources: Sequence[SourceFile], tops: frozenset[str], follow: Follow
    ) -> tuple[int, ...]:
        del tops
        return follow(lambda numbers: self.names([sources[number] for number in numbers]))

    def facts(self, sources: Sequence[SourceFile]) -> Sequence[ModuleFacts]:
        return [self._of(source)[1] for source in sources]

    def parsed_content(self, source: SourceFile) -> bytes:
        return source.digest

    def holds(self, content: bytes, source: SourceFile) -> bool:
        return content == source.digest

    def same(self, content: bytes, source: SourceFile) -> bool:
        return content == source.digest

    def earlier(self, content: bytes) -> ModuleFacts | None:
        del content
        return None

    def recall(self) -> Any:
        return None

    def remember(self, whole: Callable[[], Any]) -> None:
        del whole

    def told(self, stage: Stage, done: int, total: int) -> None:
        untold(stage, done, total)

    def _of(self, source: SourceFile) -> Parsed:
        if source.path not in self._parsed:
            self._parsed[source.path] = parsed(source.content)
        return self._parsed[source.path]


def parsed(content: bytes) -> Parsed:
    """A pure function of one file's bytes."""
    text = decode(content)
    if isinstance(text, FileFault):
        return FileNames((), ()), ModuleFacts((), None, (), text)
    facts = extract_text(text)
    return file_names(facts.body, text.lines), facts
