"""Measurements as a page of Markdown, with every figure whether its goal is reached or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.interleaving import Sample
from benchmarks.measure.processes import Failure
from benchmarks.measure.rows import Row
from benchmarks.measure.series import Series

_MIB = 2**20
_LARGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the figures were measured with."""

    day: date
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    rounds: int
    load: float


def report(series: Sequence[Series], corpora: Sequence[Corpus], setting: Setting) -> str:
    blocks = (
        "# Results",
        "Written by `python -m benchmarks`; `README.md` says what the rows mean.",
        "\n".join(_setting(setting)),
        "## Corpora",
        _table(("corpus", "files", "lines", "MB", "hold the token", "matter"), _corpora(corpora)),
        "## Figures",
        _table(("figure", "corpus", "goal", "measured", "reached"), _figures(series)),
        "## Seconds",
        _table(
            (
                "series",
                "corpus",
                "what ran",
                "runs",
                "median s",
                "least",
                "most",
                "CPU s",
                "peak MiB",
            ),
            _seconds(series),
        ),
        *_notes(series),
    )
    return "\n\n".join(blocks) + "\n"


def said(row: Row) -> str:
    """A figure on one line, for a terminal."""
    return f"{row.figure:52} {row.corpus:14} {_goal(row):>7}  {_measured(row)}  {_reached(row)}"


def _setting(setting: Setting) -> Iterator[str]:
    yield f"- {setting.day.isoformat()}, {setting.rounds} interleaved rounds, medians"
    yield "- " + ", ".join(f"{name} {value}" for name, value in setting.versions.items())
    yield "- " + ", ".join(f"{name}: {value}" for name, value in setting.machine.items())
    yield f"- load of the machine before it began: {setting.load:.1f}"


def _corpora(corpora: Iterable[Corpus]) -> Iterator[tuple[str, ...]]:
    for one in corpora:
        yield (
            one.name,
            f"{one.files:,}",
            f"{one.lines:,}",
            f"{one.size / 1e6:.1f}",
            f"{one.tokens / one.files:.1%}",
            f"{one.matter / one.files:.1%}",
        )


def _figures(series: Iterable[Series]) -> Iterator[tuple[str, ...]]:
    for one in series:
        for row in one.rows:
            yield row.figure, row.corpus, _goal(row), _measured(row), _reached(row)


def _goal(row: Row) -> str:
    return "none" if row.goal is None else f"{'≥' if row.at_least else '≤'} {row.goal:g}"


def _measured(row: Row) -> str:
    if isinstance(row.measured, Failure):
        return row.measured.reason
    # A recall of 0.99996 is not 1, and must not be rounded to it.
    if row.at_least:
        return f"{row.measured:.6f}"
    return f"{row.measured:.2f}" if row.measured < _LARGE else f"{row.measured:,.0f}"


def _reached(row: Row) -> str:
    match row.is_reached:
        case None:
            return "not measured" if isinstance(row.measured, Failure) else "told only"
        case True:
            return "yes"
        case False:
            return "**no**"


def _seconds(series: Iterable[Series]) -> Iterator[tuple[str, ...]]:
    for one in series:
        for label, sample in one.samples.items():
            yield one.title, one.corpus.name, label, *_sample(sample)


def _sample(sample: Sample | Failure) -> tuple[str, ...]:
    if isinstance(sample, Failure):
        return ("", sample.reason, "", "", "", "")
    walls = [run.wall for run in sample.runs]
    return (
        str(len(walls)),
        f"{sample.wall:.3f}",
        f"{min(walls):.3f}",
        f"{max(walls):.3f}",
        f"{sample.processor:.3f}",
        f"{sample.peak / _MIB:.0f}",
    )


def _notes(series: Iterable[Series]) -> Iterator[str]:
    lines = [f"- {one.title}, {one.corpus.name}: {note}" for one in series for note in one.notes]
    if lines:
        yield "## Notes"
        yield "\n".join(lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
