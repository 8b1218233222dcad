"""What ran side by side on one corpus, and the figures that follow."""

from dataclasses import dataclass

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.interleaving import Sample
from benchmarks.measure.processes import Failure
from benchmarks.measure.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """`samples` by what ran; `notes` are what a figure cannot say."""

    title: str
    corpus: Corpus
    samples: dict[str, Sample | Failure]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
