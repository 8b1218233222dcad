"""A run that knows nothing yet, beside other tools and an empty Python."""

from collections.abc import Sequence

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.bench import Bench
from benchmarks.measure.interleaving import Sample
from benchmarks.measure.memory import peak_of_all
from benchmarks.measure.processes import Command, Failure
from benchmarks.measure.rows import Row, figure, peak_ratio, quotient, wall_ratio
from benchmarks.measure.series import Series

_ROUNDS = 3
"""Of runs that take a minute: their differences are small beside what is measured."""


def cold(bench: Bench, corpus: Corpus) -> Series:
    labels = ("cold", "ruff", "grimp")
    samples = bench.interleaved(*(bench.contender(label, corpus) for label in labels))
    peaks = {label: _peak_of_all(bench, corpus, label) for label in ("cold", "grimp")}
    return Series(
        title="cold",
        corpus=corpus,
        samples=samples,
        rows=(
            figure(
                "cold / `ruff analyze graph`",
                corpus.name,
                0.75,
                wall_ratio(*_pair(samples, "ruff")),
            ),
            figure(
                "cold / `grimp.build_graph`",
                corpus.name,
                0.65,
                wall_ratio(*_pair(samples, "grimp")),
            ),
            figure(
                "peak memory cold / grimp's, largest process",
                corpus.name,
                0.65,
                peak_ratio(*_pair(samples, "grimp")),
            ),
            figure(
                "peak memory cold / grimp's, all processes together",
                corpus.name,
                0.65,
                quotient(peaks["cold"], peaks["grimp"]),
            ),
            Row(
                figure="lines a second, cold",
                corpus=corpus.name,
                goal=None,
                measured=_lines_a_second(corpus, samples["cold"]),
            ),
        ),
    )


def half(bench: Bench, corpus: Corpus) -> Series:
    samples = bench.interleaved(bench.contender("cold", corpus), bench.contender("ruff", corpus))
    ratio = wall_ratio(*_pair(samples, "ruff"))
    row = figure("cold, half the files matter / `ruff analyze graph`", corpus.name, 2.5, ratio)
    return Series(title="half", corpus=corpus, samples=samples, rows=(row,))


def startup(bench: Bench, corpus: Corpus) -> Series:
    labels = ("help", "version", "empty")
    samples = bench.interleaved(
        *(bench.contender(label, corpus) for label in labels), rounds=4 * bench.rounds
    )
    help_ratio = wall_ratio(samples["help"], samples["empty"])
    version_ratio = wall_ratio(samples["version"], samples["empty"])
    return Series(
        title="startup",
        corpus=corpus,
        samples=samples,
        rows=(
            figure("`--help` / `python -c pass`", corpus.name, 8, help_ratio),
            figure("`--version` / `python -c pass`", corpus.name, 3, version_ratio),
        ),
    )


def growth(bench: Bench, corpora: Sequence[Corpus]) -> Series:
    """Time per file of the largest corpus over that of the smallest: 1 is linear."""
    small, *_, large = corpora
    samples = bench.interleaved(
        *(bench.contender("cold", corpus, label=corpus.name) for corpus in corpora),
        rounds=min(bench.rounds, _ROUNDS),
    )
    ratio = wall_ratio(samples[large.name], samples[small.name])
    if not isinstance(ratio, Failure):
        ratio *= small.files / large.files
    text = f"growth: time per file at {large.files:,} / at {small.files:,} files"
    row = figure(text, large.name, 1.15, ratio)
    return Series(title="growth", corpus=large, samples=samples, rows=(row,))


def _pair(
    samples: dict[str, Sample | Failure], other: str
) -> tuple[Sample | Failure, Sample | Failure]:
    return samples["cold"], samples[other]


def _lines_a_second(corpus: Corpus, cold: Sample | Failure) -> float | Failure:
    return cold if isinstance(cold, Failure) else corpus.lines / cold.wall


def _peak_of_all(bench: Bench, corpus: Corpus, name: str) -> int | Failure:
    command = bench.command(name, corpus)
    if not isinstance(command, Command):
        return command
    return peak_of_all(command, within=bench.tree(corpus), timeout=bench.timeout)
