"""Objects that keep what they are given: queues, context variables, weak references."""

from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.stdlib.meaning import Meanings, container
from infragraph.frontend.values import NOTHING, TupleValue, Values


def _box(frame: Frame, call: LibraryCall) -> Values:
    """An empty box, or one with the default that it is made with."""
    return container(frame, call, "box", call.keyword("default"))


def _reference(frame: Frame, call: LibraryCall) -> Values:
    return container(frame, call, "box", call.positional(0))


def _stream(frame: Frame, call: LibraryCall) -> Values:
    """The two ends of one stream."""
    box = container(frame, call, "box", NOTHING)
    return frozenset((TupleValue((box, box)),))


FUNCTIONS: Meanings = {
    "anyio.create_memory_object_stream": _stream,
    "asyncio.Future": _box,
    "asyncio.LifoQueue": _box,
    "asyncio.PriorityQueue": _box,
    "asyncio.Queue": _box,
    "concurrent.futures.Future": _box,
    "contextvars.ContextVar": _box,
    "multiprocessing.JoinableQueue": _box,
    "multiprocessing.Queue": _box,
    "multiprocessing.SimpleQueue": _box,
    "queue.LifoQueue": _box,
    "queue.PriorityQueue": _box,
    "queue.Queue": _box,
    "queue.SimpleQueue": _box,
    "trio.open_memory_channel": _stream,
    "weakref.WeakMethod": _reference,
    "weakref.ref": _reference,
}
