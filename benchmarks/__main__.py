"""Builds the corpora, runs everything side by side and writes the table.

python -m benchmarks                    the whole table, into benchmarks/RESULTS.md
python -m benchmarks --smoke            small corpora and one round, printed only
python -m benchmarks --only warm,fresh  some series, printed only
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from benchmarks.corpus.corpora import Corpus, built, half, mixed
from benchmarks.corpus.donors import donors
from benchmarks.measure import correctness, edits, incremental, parsing, speed
from benchmarks.measure.all_series import measured
from benchmarks.measure.bench import Bench
from benchmarks.measure.commands import options, programs, templates
from benchmarks.measure.machine import machine, versions
from benchmarks.measure.report import Setting, report
from benchmarks.measure.series import Series

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
NAMES = ("cold", "half", "warm", "edited", "fresh", "parsing", "startup", "growth", "correctness")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _asked(arguments)
    load = os.getloadavg()[0]
    found = donors(asked.corpora)
    names = NAMES if asked.only is None else asked.only
    monorepo = built(mixed(asked.files), found, asked.corpora)
    dense = built(half(asked.services), found, asked.corpora)
    growing = (
        [built(mixed(files), found, asked.corpora) for files in asked.growth]
        if "growth" in names
        else []
    )
    if asked.build:
        return 0
    used = programs(asked.infragraph)
    bench = Bench(
        folder=asked.corpora,
        templates=templates(),
        programs=used,
        help_text=options(used["infragraph"]),
        rounds=asked.rounds,
        timeout=asked.timeout,
    )
    measures = _measures(bench, monorepo, dense, growing)
    setting = Setting(
        day=datetime.now(UTC).date(),
        machine=machine(),
        versions=versions(used["infragraph"], is_own=asked.infragraph is None),
        rounds=asked.rounds,
        load=load,
    )
    corpora = list({corpus.name: corpus for corpus in (monorepo, dense, *growing)}.values())
    partial = bench.folder / "RESULTS.partial.md"

    def keep(series: Sequence[Series]) -> None:
        partial.write_text(report(series, corpora, setting), encoding="utf-8")

    failed = measured({name: measures[name] for name in names}, keep)
    if failed:
        print(f"not measured: {', '.join(failed)}; the rest is in {partial}", file=sys.stderr)
        return 1
    if asked.report is not None:
        shutil.copyfile(partial, asked.report)
    return 0


def _measures(
    bench: Bench, monorepo: Corpus, dense: Corpus, growing: Sequence[Corpus]
) -> Mapping[str, Callable[[], list[Series]]]:
    return {
        "cold": lambda: [speed.cold(bench, monorepo)],
        "half": lambda: [speed.half(bench, dense)],
        "warm": lambda: [incremental.warm(bench, monorepo)],
        "edited": lambda: [edits.edited(bench, monorepo)],
        "fresh": lambda: [incremental.fresh(bench, monorepo)],
        "parsing": lambda: [parsing.parsing(bench, monorepo)],
        "startup": lambda: [speed.startup(bench, monorepo)],
        "growth": lambda: [speed.growth(bench, growing)],
        "correctness": lambda: [correctness.correctness(bench, one) for one in (monorepo, dense)],
    }


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--files", type=int, default=16_900, help="size of the mixed corpus")
    parser.add_argument("--services", type=int, default=120, help="services of the dense corpus")
    parser.add_argument("--growth", type=_numbers, default=(10_000, 100_000), help="its sizes")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds for one run")
    parser.add_argument("--only", type=_names, help=f"of {','.join(NAMES)}")
    parser.add_argument("--corpora", type=Path, default=HERE / ".corpora")
    parser.add_argument("--report", type=Path, help="where to write the page")
    parser.add_argument("--infragraph", help="the command that is measured, else this one's")
    parser.add_argument("--build", action="store_true", help="build the corpora, measure nothing")
    parser.add_argument("--smoke", action="store_true", help="small corpora, one round")
    asked = parser.parse_args(arguments)
    asked.corpora = asked.corpora.resolve()
    if asked.smoke:
        asked.files, asked.services, asked.growth, asked.rounds = 1_000, 20, (500, 1_000), 1
    elif asked.report is None and asked.only is None:
        asked.report = RESULTS
    return asked


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split(","))
    if len(numbers) < 2 or list(numbers) != sorted(set(numbers)):  # noqa: PLR2004
        _refuse("two sizes or more, the smaller first")
    return numbers


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        _refuse(f"unknown: {', '.join(unknown)}")
    return names


def _refuse(reason: str) -> NoReturn:
    raise argparse.ArgumentTypeError(reason)


if __name__ == "__main__":
    sys.exit(main())
