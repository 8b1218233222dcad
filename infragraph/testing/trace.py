"""What happened in a test, in order: publishes, deliveries, calls, queries, crons."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import overload

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.context import RUNNING
from infragraph.testing.failures import Failures

_DEPTH: ContextVar[int] = ContextVar("infragraph_testing_depth", default=0)
_LONGEST_TEXT = 200


@dataclass(slots=True, kw_only=True)
class Step:
    """`kind` is `publish`, `deliver`, `bury`, `call`, `request`, `query` or `cron`.

    `node` is what it was done to, by the graph's id, and `entry` the entry point that did it, None
    for the test itself. `outcome` is what came of it, None while it is under way.
    """

    kind: str
    node: str
    entry: str | None
    text: str
    depth: int
    outcome: str | None = None

    def __str__(self) -> str:
        words = (self.kind, self.node, self.text, "" if self.outcome == "ok" else self.outcome)
        return "  " * self.depth + "  ".join(word for word in words if word)


class Trace(Sequence[Step]):
    """Steps in the order in which they began; what one led to is indented below it."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = tuple(steps)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> "Trace": ...
    def __getitem__(self, index: int | slice) -> "Step | Trace":
        if isinstance(index, slice):
            return Trace(self._steps[index])
        return self._steps[index]

    def __len__(self) -> int:
        return len(self._steps)

    def of(self, kind: str) -> "Trace":
        """The steps of one kind."""
        return Trace([step for step in self._steps if step.kind == kind])

    def __repr__(self) -> str:
        return "\n".join(("trace:", *(f"  {step}" for step in self._steps)))


class Recorder:
    """Makes the steps; it is what the runtime traces to, and where entry points fail when asked."""

    def __init__(self, failures: Failures) -> None:
        self.steps: list[Step] = []
        self._failures = failures

    @contextmanager
    def step(self, kind: str, node: str, text: str = "") -> Generator[Step]:
        """One step as long as its block, with what it leads to below it."""
        running = RUNNING.get()
        step = Step(
            kind=kind,
            node=node,
            entry=None if running is None else running.entry,
            text=_short(text),
            depth=_DEPTH.get(),
        )
        self.steps.append(step)
        token = _DEPTH.set(step.depth + 1)
        try:
            yield step
            step.outcome = step.outcome or "ok"
        except BaseException as error:
            step.outcome = f"failed: {type(error).__qualname__}: {error}"
            raise
        finally:
            _DEPTH.reset(token)

    def publishing(self, topic: str, count: int) -> AbstractContextManager[str | None]:
        """Recorded by whoever knows the payloads."""
        del topic, count
        return nullcontext()

    @contextmanager
    def handling(self, channel: Channel, delivery: Delivery) -> Generator[None]:
        # It is no part of what the test is at while queues are drained.
        token = _DEPTH.set(0)
        try:
            with self.step("deliver", channel.id, f"attempt {delivery.attempt}"):
                self._failures.strike(channel.id)
                yield
        finally:
            _DEPTH.reset(token)

    @contextmanager
    def serving(
        self, node: str, method: str, path: str, headers: Mapping[str, str]
    ) -> Generator[Callable[[int], None]]:
        del headers
        with self.step("request", node, f"{method} {path}") as step:

            def answered(status: int) -> None:
                step.outcome = str(status)

            self._failures.strike(node)
            yield answered

    def calling(self, node: str) -> AbstractContextManager[Mapping[str, str]]:
        """Nothing is called over the network: there is one process."""
        del node
        return nullcontext({})

    @contextmanager
    def querying(self, database: str, sql: str) -> Generator[None]:
        with self.step("query", database, " ".join(sql.split())):
            yield

    @contextmanager
    def running(self, node: str) -> Generator[None]:
        with self.step("cron", node):
            self._failures.strike(node)
            yield


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
