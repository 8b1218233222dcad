"""A run that knows what an earlier one saw, beside the least that could see what has changed."""

import shutil
from pathlib import Path

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.bench import Bench
from benchmarks.measure.changes import checked_out, editing
from benchmarks.measure.interleaving import Sample
from benchmarks.measure.processes import Failure
from benchmarks.measure.rows import figure, wall_ratio
from benchmarks.measure.series import Series


def warm(bench: Bench, corpus: Corpus) -> Series:
    cache = bench.primed(corpus, "warm-cache")
    samples = bench.interleaved(
        bench.contender("cached", corpus, label="warm", cache=cache),
        bench.contender("stat", corpus),
        rounds=4 * bench.rounds,
    )
    ratio = wall_ratio(samples["warm"], samples["stat"])
    row = figure("warm, nothing changed / scandir and lstat", corpus.name, 0.85, ratio)
    return Series(title="warm", corpus=corpus, samples=samples, rows=(row,))


def edited(bench: Bench, corpus: Corpus) -> Series:
    tree = bench.tree(corpus)
    cache = bench.primed(corpus, "edit-cache")
    with editing(tree / corpus.edited) as editor:

        def body() -> Path:
            editor.body()
            return tree

        def export() -> Path:
            editor.export()
            return tree

        samples = bench.interleaved(
            bench.contender("cold", corpus),
            bench.contender("cached", corpus, label="body edited", cache=cache, prepare=body),
            bench.contender("cached", corpus, label="export edited", cache=cache, prepare=export),
        )
    body_ratio = wall_ratio(samples["body edited"], samples["cold"])
    export_ratio = wall_ratio(samples["export edited"], samples["cold"])
    return Series(
        title="edited",
        corpus=corpus,
        samples=samples,
        rows=(
            figure("one file's body changed / cold", corpus.name, 0.14, body_ratio),
            figure("one file's export changed / cold", corpus.name, 0.22, export_ratio),
        ),
        notes=_same_output(samples),
    )


def fresh(bench: Bench, corpus: Corpus) -> Series:
    """Each round has a checkout of its own, into which the same cache is restored."""
    cache = bench.primed(corpus, "fresh-cache")
    # Under the same name, as a checkout of a repository has: modules may begin with it.
    checkout, kept = bench.scratch / "checkout" / corpus.name, bench.scratch / "kept-cache"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(cache, kept)

    def restored() -> Path:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(kept, cache)
        return checked_out(bench.tree(corpus), checkout)

    samples = bench.interleaved(
        bench.contender("cached", corpus, label="fresh", cache=cache, prepare=restored),
        bench.contender(
            "read", corpus, prepare=lambda: checkout if checkout.is_dir() else restored()
        ),
    )
    shutil.rmtree(checkout, ignore_errors=True)
    ratio = wall_ratio(samples["fresh"], samples["read"])
    row = figure("fresh checkout, cache restored / reads all bytes", corpus.name, 1.8, ratio)
    return Series(title="fresh", corpus=corpus, samples=samples, rows=(row,))


def _same_output(samples: dict[str, Sample | Failure]) -> tuple[str, ...]:
    """The edits change no graph and move no line."""
    compared = [sample for sample in samples.values() if isinstance(sample, Sample)]
    if len(compared) != len(samples):
        return ()
    digests = frozenset[str]().union(*(sample.digests for sample in compared))
    if len(digests) == 1:
        return ("the output after an edit equals the cold output, byte for byte",)
    return (f"{len(digests)} different outputs, where all should be the same bytes",)
