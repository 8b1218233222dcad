"""All series, one after the other, of which one that fails takes none of the others with it."""

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence

from benchmarks.measure.report import said
from benchmarks.measure.series import Series


def measured(
    measures: Mapping[str, Callable[[], Sequence[Series]]],
    keep: Callable[[Sequence[Series]], None],
) -> tuple[str, ...]:
    """Tells each as it comes, and has all until then kept; gives the names of those that failed."""
    every: list[Series] = []
    failed: list[str] = []
    for name, measure in measures.items():
        try:
            found = measure()
        except Exception:  # noqa: BLE001 - the others are measured whatever one fails of
            print(f"{name} failed:", file=sys.stderr)
            traceback.print_exc()
            failed.append(name)
            continue
        every += found
        for one in found:
            for line in (*map(said, one.rows), *one.notes):
                print(line, flush=True)
        keep(every)
    return tuple(failed)
