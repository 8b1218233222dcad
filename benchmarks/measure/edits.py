"""A run after one file has changed, beside one that knows nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus.corpora import Corpus
from benchmarks.measure.bench import Bench
from benchmarks.measure.changes import (
    Editor,
    Revision,
    another_line,
    editing,
    other_body,
    other_export,
    other_sum,
)
from benchmarks.measure.interleaving import Sample
from benchmarks.measure.processes import Failure
from benchmarks.measure.rows import figure, wall_ratio
from benchmarks.measure.series import Series

BODY = "body edited"
LINE = "line added"
EXPORT = "export edited"
UNPARSED = "unparsed file edited"
_AGAIN = "cold, line added"

_ROWS = (
    (BODY, "one file's body changed / cold", 0.14),
    (LINE, "one file's body changed, lines move / cold", 0.14),
    (UNPARSED, "body of a file that is passed over changed / cold", 0.14),
    (EXPORT, "one file's export changed / cold", 0.22),
)


def edited(bench: Bench, corpus: Corpus) -> Series:
    """Each kind of edit has a cache of its own, so that one file has changed since its last run."""
    tree = bench.tree(corpus)
    parsed = tree / corpus.edited
    with editing(parsed) as one, editing(parsed.with_name("rules.py")) as other:

        def after(revision: Revision | None, editor: Editor = one) -> Callable[[], Path]:
            def prepare() -> Path:
                for each in (one, other):
                    if each is not editor or revision is None:
                        each.restore()
                if revision is not None:
                    editor.revise(revision)
                return tree

            return prepare

        edits = (
            (BODY, after(other_body)),
            (LINE, after(another_line)),
            (EXPORT, after(other_export)),
            (UNPARSED, after(other_sum, other)),
        )
        primed = bench.primed(corpus, "edit-cache")
        samples = bench.interleaved(
            bench.contender("cold", corpus, prepare=after(None)),
            *(
                bench.contender(
                    "cached",
                    corpus,
                    label=label,
                    cache=_copied(primed, bench.scratch / f"edit-cache-{number}"),
                    prepare=prepare,
                )
                for number, (label, prepare) in enumerate(edits)
            ),
        )
        samples |= bench.interleaved(
            bench.contender("cold", corpus, label=_AGAIN, prepare=after(another_line)), rounds=1
        )
    return Series(
        title="edited",
        corpus=corpus,
        samples=samples,
        rows=tuple(
            figure(text, corpus.name, goal, wall_ratio(samples[label], samples["cold"]))
            for label, text, goal in _ROWS
        ),
        notes=(
            *same_output(samples, ("cold", BODY, EXPORT, UNPARSED), "no line moves"),
            *same_output(samples, (LINE, _AGAIN), "lines move"),
        ),
    )


def _copied(cache: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    return shutil.copytree(cache, target)


def same_output(
    samples: dict[str, Sample | Failure], labels: tuple[str, ...], when: str
) -> tuple[str, ...]:
    """Whether all of them printed the same bytes, as they should."""
    compared = [samples[label] for label in labels]
    found = [sample.digests for sample in compared if isinstance(sample, Sample)]
    if len(found) != len(labels):
        return ()
    digests = frozenset[str]().union(*found)
    if len(digests) == 1:
        return (f"where {when}, the output after an edit equals the cold output, byte for byte",)
    return (f"where {when}: {len(digests)} different outputs, and all should be the same bytes",)
