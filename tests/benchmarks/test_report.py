from collections.abc import Sequence
from datetime import date

import pytest

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.all_series import measured
from benchmarks.measure.interleaving import Sample
from benchmarks.measure.processes import Failure, Run
from benchmarks.measure.report import Setting, report
from benchmarks.measure.rows import Row
from benchmarks.measure.series import Series

CORPUS = Corpus(
    name="mixed-1000",
    files=1000,
    lines=140_000,
    size=4_900_000,
    tokens=22,
    matter=131,
    packages=("acme",),
    edited="acme/a.py",
    maker="0",
)
SETTING = Setting(
    day=date(2026, 1, 2),
    machine={"cores": "2", "Python": "3.11.7"},
    versions={"infragraph": "0.1", "ruff": "0.17"},
    rounds=2,
    load=0.25,
)
PAGE = """\
# Results

Written by `python -m benchmarks`; `README.md` says what the rows mean.

- 2026-01-02, 2 interleaved rounds, medians
- infragraph 0.1, ruff 0.17
- cores: 2, Python: 3.11.7
- load of the machine before it began: 0.2

## Corpora

| corpus | files | lines | MB | hold the token | matter |
| --- | --- | --- | --- | --- | --- |
| mixed-1000 | 1,000 | 140,000 | 4.9 | 2.2% | 13.1% |

## Figures

| figure | corpus | goal | measured | reached |
| --- | --- | --- | --- | --- |
| cold / ruff | mixed-1000 | ≤ 0.75 | 0.50 | yes |
| cold / grimp | mixed-1000 | ≤ 0.65 | 0.90 | **no** |
| warm / stat | mixed-1000 | ≤ 0.85 | the command has no cache | not measured |
| recall | mixed-1000 | ≥ 1 | 0.999900 | **no** |
| lines a second | mixed-1000 | none | 123,457 | told only |

## Seconds

| series | corpus | what ran | runs | median s | least | most | CPU s | peak MiB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| cold | mixed-1000 | cold | 2 | 2.000 | 1.000 | 3.000 | 1.500 | 10 |
| cold | mixed-1000 | warm |  | the command has no cache |  |  |  |  |

## Notes

- cold, mixed-1000: something to know
"""


def test_the_page_tells_what_falls_short_and_what_was_not_measured() -> None:
    absent = Failure(reason="the command has no cache")
    series = Series(
        title="cold",
        corpus=CORPUS,
        samples={"cold": Sample(runs=(_run(1.0), _run(3.0))), "warm": absent},
        rows=(
            _row("cold / ruff", 0.75, 0.5),
            _row("cold / grimp", 0.65, 0.9),
            _row("warm / stat", 0.85, absent),
            _row("recall", 1, 0.9999, at_least=True),
            _row("lines a second", None, 123_456.7),
        ),
        notes=("something to know",),
    )

    assert report([series], [CORPUS], SETTING) == PAGE


def test_a_series_that_fails_takes_none_of_the_others_with_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = Series(title="good", corpus=CORPUS, samples={}, rows=(_row("a figure", 1, 0.5),))
    kept: list[Sequence[Series]] = []

    def failing() -> list[Series]:
        reason = "no such place"
        raise OSError(reason)

    failed = measured(
        {"one": lambda: [good], "failing": failing, "other": lambda: [good]},
        lambda series: kept.append(tuple(series)),
    )

    shown = capsys.readouterr()
    assert failed == ("failing",)
    assert kept == [(good,), (good, good)]
    assert shown.out.count("a figure") == 2
    assert "OSError: no such place" in shown.err


def _run(wall: float) -> Run:
    return Run(wall=wall, processor=1.5, peak=10 * 2**20, digest="")


def _row(
    figure: str, goal: float | None, measured: float | Failure, *, at_least: bool = False
) -> Row:
    return Row(figure=figure, corpus=CORPUS.name, goal=goal, measured=measured, at_least=at_least)
