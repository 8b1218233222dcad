"""Work that is run elsewhere or later: threads, tasks, executors."""

from infragraph.frontend import attributes, calls, iteration
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.stdlib.meaning import Meaning, Meanings, argument, boxed, positional, row
from infragraph.frontend.values import NOTHING, UNKNOWN, TupleValue, Values


def task(frame: Frame, call: LibraryCall) -> Values:
    """`create_task(coroutine)`: a box around what the coroutine gives."""
    return boxed(frame, call, iteration.awaited(frame.machine, call.positional(0)))


def _same(frame: Frame, call: LibraryCall) -> Values:
    return iteration.awaited(frame.machine, call.positional(0)) or UNKNOWN


def _gather(frame: Frame, call: LibraryCall) -> Values:
    machine = frame.machine
    given = positional(call)
    if any(one.star for one in given):
        held = NOTHING.union(
            *(
                iteration.iterated(frame, one.values, one.place) if one.star else one.values
                for one in given
            )
        )
        return frozenset((TupleValue((), iteration.awaited(machine, held)),))
    return frozenset((TupleValue(tuple(iteration.awaited(machine, one.values) for one in given)),))


def run(skip: int) -> Meaning:
    """`to_thread(function, *arguments)`; `skip` arguments stand before the function."""

    def follow(frame: Frame, call: LibraryCall) -> Values:
        return calls.call(
            frame, call.positional(skip), call.arguments[skip + 1 :], call.place, call.expression
        )

    return follow


def submit(skip: int) -> Meaning:
    """The same, whose result is waited for."""
    follow = run(skip)

    def keep(frame: Frame, call: LibraryCall) -> Values:
        return boxed(frame, call, follow(frame, call))

    return keep


def apply(frame: Frame, call: LibraryCall) -> Values:
    """`apply(function, arguments, keywords)`."""
    given = _spread(call, argument(call, 1, "args"), argument(call, 2, "kwds", "kwargs"))
    return boxed(frame, call, calls.call(frame, call.positional(0), given, call.place))


def _thread(frame: Frame, call: LibraryCall) -> Values:
    """`Thread(target=function, args=…, kwargs=…)`: what it will run counts as run here."""
    target = argument(call, 1, "target")
    given = _spread(call, argument(call, 3, "args"), argument(call, 4, "kwargs"))
    calls.call(frame, target, given, call.place)
    return UNKNOWN


def _timer(frame: Frame, call: LibraryCall) -> Values:
    given = _spread(call, argument(call, 2, "args"), argument(call, 3, "kwargs"))
    calls.call(frame, argument(call, 1, "function"), given, call.place)
    return UNKNOWN


def _spread(call: LibraryCall, arguments: Values, keywords: Values) -> tuple[Argument, ...]:
    given: tuple[Argument, ...] = ()
    if arguments:
        given += (Argument(arguments, call.place, star="*"),)
    if keywords:
        given += (Argument(keywords, call.place, star="**"),)
    return given


def _start(frame: Frame, call: LibraryCall) -> Values:
    """Starting an object of the application that is a thread runs its `run`."""
    methods = attributes.attribute(frame, call.positional(0), "run", call.place)
    calls.call(frame, methods, (), call.place)
    return UNKNOWN


def _wait(frame: Frame, call: LibraryCall) -> Values:
    """`wait(futures)`: those that are done and those that are not."""
    futures = row(iteration.iterated(frame, call.positional(0), call.place))
    return frozenset((TupleValue((futures, futures)),))


FUNCTIONS: Meanings = {
    "anyio.from_thread.run": run(0),
    "anyio.from_thread.run_sync": run(0),
    "anyio.run": run(0),
    "anyio.to_process.run_sync": run(0),
    "anyio.to_thread.run_sync": run(0),
    "asyncio.create_task": task,
    "asyncio.ensure_future": task,
    "asyncio.gather": _gather,
    "asyncio.run": _same,
    "asyncio.run_coroutine_threadsafe": task,
    "asyncio.shield": _same,
    "asyncio.to_thread": run(0),
    "asyncio.wait": _wait,
    "asyncio.wait_for": _same,
    "asyncio.wrap_future": _same,
    "concurrent.futures.wait": _wait,
    "multiprocessing.Process": _thread,
    "starlette.concurrency.run_in_threadpool": run(0),
    "threading.Thread": _thread,
    "threading.Thread.start()": _start,
    "threading.Timer": _timer,
    "trio.run": run(0),
    "trio.to_thread.run_sync": run(0),
}
