"""One figure of the table: a goal, what was measured, and whether that reaches it."""

from dataclasses import dataclass

from benchmarks.measure.interleaving import Sample
from benchmarks.measure.processes import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`measured` is a figure or why there is none; `at_least` turns the goal around.

    One without a goal is only told.
    """

    figure: str
    corpus: str
    goal: float | None
    measured: float | Failure
    at_least: bool = False

    @property
    def is_reached(self) -> bool | None:
        """None where nothing was measured, or nothing is to be reached."""
        if isinstance(self.measured, Failure) or self.goal is None:
            return None
        return self.measured >= self.goal if self.at_least else self.measured <= self.goal


def figure(text: str, corpus: str, goal: float, measured: float | Failure) -> Row:
    """One whose goal is not to be exceeded."""
    return Row(figure=text, corpus=corpus, goal=goal, measured=measured)


def wall_ratio(one: Sample | Failure, other: Sample | Failure) -> float | Failure:
    if isinstance(one, Failure):
        return one
    return other if isinstance(other, Failure) else one.wall / other.wall


def processor_ratio(one: Sample | Failure, other: Sample | Failure) -> float | Failure:
    if isinstance(one, Failure):
        return one
    return other if isinstance(other, Failure) else one.processor / other.processor


def peak_ratio(one: Sample | Failure, other: Sample | Failure) -> float | Failure:
    if isinstance(one, Failure):
        return one
    return other if isinstance(other, Failure) else one.peak / other.peak


def quotient(one: int | Failure, other: int | Failure) -> float | Failure:
    if isinstance(one, Failure):
        return one
    return other if isinstance(other, Failure) else one / other
