"""What every measurement needs: where things are, how often, and how long at most."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.commands import Template, filled
from benchmarks.measure.interleaving import Contender, Sample, interleaved
from benchmarks.measure.processes import Command, Failure, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """`folder` holds the corpora; `help_text` is what the command says of its options."""

    folder: Path
    templates: Mapping[str, Template]
    programs: Mapping[str, str]
    help_text: str
    rounds: int
    timeout: float

    @property
    def scratch(self) -> Path:
        return self.folder / "scratch"

    @property
    def parsed(self) -> Path:
        """The list of the files that an analysis has parsed."""
        return self.scratch / "parsed.txt"

    def tree(self, corpus: Corpus) -> Path:
        return self.folder / corpus.name

    def command(self, name: str, corpus: Corpus, cache: Path | None = None) -> Command | Failure:
        places = {**self.programs, "cache": str(cache), "parsed": str(self.parsed)}
        return filled(self.templates[name], places, corpus.packages, self.help_text)

    def contender(
        self,
        name: str,
        corpus: Corpus,
        *,
        label: str | None = None,
        cache: Path | None = None,
        prepare: Callable[[], Path] | None = None,
    ) -> Contender:
        """Runs in the corpus itself, unless `prepare` tells another place."""
        return Contender(
            label=label or name,
            command=self.command(name, corpus, cache),
            prepare=prepare or (lambda: self.tree(corpus)),
        )

    def interleaved(
        self, *contenders: Contender, rounds: int | None = None
    ) -> dict[str, Sample | Failure]:
        return interleaved(
            contenders,
            rounds=rounds or self.rounds,
            timeout=self.timeout,
            outputs=self.scratch,
        )

    def primed(self, corpus: Corpus, name: str) -> Path:
        """A cache that knows the corpus as it is; empty if the command has none."""
        cache = self.scratch / name
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        command = self.command("cached", corpus, cache)
        if isinstance(command, Command):
            output = self.scratch / "primed.out"
            run(command, within=self.tree(corpus), output=output, timeout=self.timeout)
        return cache
