"""Contenders run in turn, round after round, so that a slow minute of the machine hits them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure.processes import Command, Failure, Run, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """`prepare` is called before each run, and not timed; it tells where to run."""

    label: str
    command: Command | Failure
    prepare: Callable[[], Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """All runs of one contender."""

    runs: tuple[Run, ...]

    @property
    def wall(self) -> float:
        return median(run.wall for run in self.runs)

    @property
    def processor(self) -> float:
        return median(run.processor for run in self.runs)

    @property
    def peak(self) -> float:
        return median(run.peak for run in self.runs)

    @property
    def digests(self) -> frozenset[str]:
        return frozenset(run.digest for run in self.runs)


def interleaved(
    contenders: Sequence[Contender], *, rounds: int, timeout: float, outputs: Path
) -> dict[str, Sample | Failure]:
    """By label; a contender that fails once takes no further part."""
    outputs.mkdir(parents=True, exist_ok=True)
    runs: dict[str, list[Run]] = {one.label: [] for one in contenders}
    failures = {one.label: one.command for one in contenders if isinstance(one.command, Failure)}
    for _ in range(rounds):
        for one in contenders:
            if one.label in failures or isinstance(one.command, Failure):
                continue
            output = outputs / f"{one.label}.out"
            done = run(one.command, within=one.prepare(), output=output, timeout=timeout)
            if isinstance(done, Failure):
                failures[one.label] = done
            else:
                runs[one.label].append(done)
    return {
        label: failures[label] if label in failures else Sample(runs=tuple(found))
        for label, found in runs.items()
    }
