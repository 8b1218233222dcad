"""A run that knows what an earlier one saw, beside the least that could see what has changed."""

import shutil
from pathlib import Path

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.bench import Bench
from benchmarks.measure.changes import checked_out
from benchmarks.measure.rows import figure, peak_ratio, wall_ratio
from benchmarks.measure.series import Series


def warm(bench: Bench, corpus: Corpus) -> Series:
    cache = bench.primed(corpus, "warm-cache")
    samples = bench.interleaved(
        bench.contender("cached", corpus, label="warm", cache=cache),
        bench.contender("stat", corpus),
        bench.contender("empty", corpus),
        rounds=4 * bench.rounds,
    )
    ratio = wall_ratio(samples["warm"], samples["stat"])
    peaks = peak_ratio(samples["warm"], samples["empty"])
    rows = (
        figure("warm, nothing changed / scandir and lstat", corpus.name, 0.85, ratio),
        figure("peak memory warm / `python -c pass`", corpus.name, 2, peaks),
    )
    return Series(title="warm", corpus=corpus, samples=samples, rows=rows)


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
