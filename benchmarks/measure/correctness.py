"""What the analysis finds, beside what the generator knows and what the oracle sees."""

from collections.abc import Iterator

from benchmarks.corpus.corpora import Corpus, expected
from benchmarks.measure.agreement import Agreement, agreement, found_in
from benchmarks.measure.bench import Bench
from benchmarks.measure.processes import Failure
from benchmarks.measure.rows import Row
from benchmarks.measure.series import Series
from benchmarks.oracle.graph import seen_by_oracle


def correctness(bench: Bench, corpus: Corpus) -> Series:
    samples = bench.interleaved(bench.contender("cold", corpus), rounds=1)
    truth = expected(bench.tree(corpus))
    rows: list[Row] = []
    notes: list[str] = []
    found = samples["cold"]
    if not isinstance(found, Failure):
        output = found_in(bench.scratch / "cold.out")
        for name, wanted in (
            ("the generator's truth", truth.nodes | truth.edges),
            ("the oracle", frozenset[str]().union(*seen_by_oracle(bench.tree(corpus)))),
        ):
            compared = agreement(output, wanted)
            rows += _agreements(corpus, name, compared)
            notes += _differences(name, compared)
    return Series(
        title="correctness", corpus=corpus, samples=samples, rows=tuple(rows), notes=tuple(notes)
    )


def _agreements(corpus: Corpus, name: str, compared: Agreement) -> Iterator[Row]:
    for what, measured in (("recall", compared.recall), ("precision", compared.precision)):
        yield Row(
            figure=f"{what} against {name}",
            corpus=corpus.name,
            goal=1,
            measured=measured,
            at_least=True,
        )


def _differences(name: str, compared: Agreement) -> Iterator[str]:
    for what, lines in (("missing", compared.missing), ("too much", compared.extra)):
        if lines:
            yield f"{what} against {name}: {len(lines)}, such as `{lines[0]}`"
