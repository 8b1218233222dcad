"""How many files are parsed, and what that costs beside Python's own parser."""

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.bench import Bench
from benchmarks.measure.processes import Failure
from benchmarks.measure.rows import figure, processor_ratio
from benchmarks.measure.series import Series


def parsing(bench: Bench, corpus: Corpus) -> Series:
    listed = bench.interleaved(bench.contender("list-parsed", corpus), rounds=1)
    failure = listed["list-parsed"]
    if isinstance(failure, Failure):
        rows = (figure(_SHARE, corpus.name, 1.1, failure), figure(_COST, corpus.name, 1.6, failure))
        return Series(title="parsing", corpus=corpus, samples=listed, rows=rows)
    parsed = len(set(bench.parsed.read_text("utf-8").splitlines()))
    samples = bench.interleaved(bench.contender("tier-2", corpus), bench.contender("ast", corpus))
    cost = processor_ratio(samples["tier-2"], samples["ast"])
    return Series(
        title="parsing",
        corpus=corpus,
        samples=samples,
        rows=(
            figure(_SHARE, corpus.name, 1.1, parsed / corpus.matter),
            figure(_COST, corpus.name, 1.6, cost),
        ),
        notes=(f"{parsed:,} files are parsed, {corpus.matter:,} matter",),
    )


_SHARE = "files parsed / files that matter"
_COST = "facts of the parsed files / `ast.parse` of them, CPU"
