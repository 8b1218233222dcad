"""Where the front end gets files from: their contents, and what parsing them gives."""

from collections.abc import Sequence
from typing import Protocol

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.tiers.candidates import Parsed
from infragraph.frontend.tiers.taint import FileNames, file_names
from infragraph.model.facts import FileFault
from infragraph.model.source import SourceFile
from infragraph.model.stages import Stage, untold


class Files(Protocol):
    """Gives what stands in sources, whoever parses them and wherever."""

    def contents(self, source: SourceFile) -> bytes:
        """The bytes of a file; none where it can no longer be read."""
        ...

    def parsed(self, sources: Sequence[SourceFile]) -> Sequence[Parsed]:
        """The facts and names of each, in their order."""
        ...

    def told(self, stage: Stage, done: int, total: int) -> None:
        """Takes note of what is under way."""
        ...


class InMemory:
    """Sources that hold their contents."""

    def contents(self, source: SourceFile) -> bytes:
        return source.content

    def parsed(self, sources: Sequence[SourceFile]) -> Sequence[Parsed]:
        return [parsed(source.content) for source in sources]

    def told(self, stage: Stage, done: int, total: int) -> None:
        untold(stage, done, total)


def parsed(content: bytes) -> Parsed:
    """A pure function of one file's bytes."""
    facts = extract(content)
    text = decode(content)
    if isinstance(text, FileFault):
        return facts, FileNames((), ())
    return facts, file_names(facts.body, text.lines)
