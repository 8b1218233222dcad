"""Draws applications of three sizes, measures it, and writes the table."""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.diagrams.interactions import interactions
from benchmarks.diagrams.sources import sources
from benchmarks.measure.machine import machine
from benchmarks.measure.memory import peak_of_all
from benchmarks.measure.processes import Command, Failure, run

RESULTS = Path(__file__).parents[1] / "DIAGRAMS.md"
SIZES = (10, 100, 1000)
FORMS = ("svg", "html", "mermaid")
ROUNDS = 3
LIMIT = 300

_HEAD = """\
# What pictures cost

`python -m benchmarks.diagrams` writes this page.

Each application has ten nodes to a service, and its services are a tree of who follows whom; in a
tangled one anybody follows anybody. Above 60 nodes the system view shows each service as one shape,
and the page has a layout for each service that is opened. Times are those of the whole command,
which reads everything anew, the median of three; memory is the peak of the command and of the
Graphviz that it starts, together.
"""

_MIDDLE = """
## How fast the page answers

Of the largest application, in headless Chromium with nothing but the processor to paint: from the
event until what it changed is painted, which includes waiting for the next frame.
"""

_COLUMNS = """
| nodes | format | seconds | memory | size of the file |
| --- | --- | --- | --- | --- |
"""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diagrams", description=__doc__)
    parser.add_argument(
        "sizes",
        metavar="NODES",
        type=int,
        nargs="*",
        help="draw these sizes, and print the table only; by default all, into DIAGRAMS.md",
    )
    sizes = tuple(parser.parse_args(arguments).sizes) or SIZES
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(_page(sizes, Path(folder)))
    sys.stdout.write(text)
    if not arguments:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def _page(sizes: Sequence[int], folder: Path) -> Iterator[str]:
    yield _HEAD
    yield _COLUMNS
    for size in sizes:
        root = folder / str(size)
        _write(root, sources(size))
        for form in FORMS:
            yield _row(f"{size:,}", form, root)
    tangled = folder / "tangled"
    _write(tangled, sources(sizes[-1], is_tangled=True))
    for form in FORMS:
        yield _row(f"{sizes[-1]:,}, tangled", form, tangled)
    browser = shutil.which("chromium")
    yield _MIDDLE
    if browser is None:
        yield "\nNot measured: there is no chromium here.\n"
    else:
        yield from _answers(interactions(folder / f"{sizes[-1]}.html", browser))
        yield "\nOf the tangled one:\n"
        yield from _answers(interactions(folder / "tangled.html", browser))
    yield "\n## The machine\n\n"
    yield from (f"- {name}: {value}\n" for name, value in machine().items())


def _write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _row(size: str, form: str, root: Path) -> str:
    words = (sys.executable, "-m", "infragraph", "diagram", str(root), "--format", form)
    output = root.with_suffix(f".{form}")
    command = Command(words=words)
    here = Path(__file__).parents[2]
    runs = [run(command, within=here, output=output, timeout=LIMIT) for _ in range(ROUNDS)]
    failed = next((it.reason for it in runs if isinstance(it, Failure)), None)
    if failed is not None:
        return f"| {size} | {form} | {failed} | | |\n"
    seconds = statistics.median(it.wall for it in runs if not isinstance(it, Failure))
    peak = peak_of_all(command, within=here, timeout=LIMIT)
    memory = peak.reason if isinstance(peak, Failure) else f"{peak / 2**20:.0f} MiB"
    length = output.stat().st_size
    return f"| {size} | {form} | {seconds:.2f} | {memory} | {length / 2**10:,.0f} KiB |\n"


def _answers(times: Mapping[str, Sequence[float]]) -> Iterator[str]:
    yield "\n| what is done | times | median | longest |\n| --- | --- | --- | --- |\n"
    for name, found in times.items():
        middle, most = statistics.median(found), max(found)
        yield f"| {name} | {len(found)} | {middle:.0f} ms | {most:.0f} ms |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
