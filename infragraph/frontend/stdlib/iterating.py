"""Built-in functions over iterables, `itertools`, and what picks from a sequence."""

from infragraph.frontend import calls, items, iteration
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.ordering import ordered
from infragraph.frontend.stdlib.meaning import Meanings, items_of, positional, row
from infragraph.frontend.values import NOTHING, UNKNOWN, Container, TupleValue, Values


def mapped(frame: Frame, call: LibraryCall) -> Values:
    """`map(function, *iterables)`."""
    function, *rows = positional(call)
    given = tuple(Argument(items_of(frame, each), each.place) for each in rows)
    return row(calls.call(frame, function.values, given, call.place))


def star_mapped(frame: Frame, call: LibraryCall) -> Values:
    """`starmap(function, iterable of tuples)`."""
    elements = iteration.iterated(frame, call.positional(1), call.place)
    given = (Argument(elements, call.place, star="*"),)
    return row(calls.call(frame, call.positional(0), given, call.place))


def _filter(frame: Frame, call: LibraryCall) -> Values:
    """`filter`, `takewhile` and what else asks a function about each element."""
    elements = iteration.iterated(frame, call.positional(1), call.place)
    calls.call(frame, call.positional(0), (Argument(elements, call.place),), call.place)
    return row(elements)


def _next(frame: Frame, call: LibraryCall) -> Values:
    return iteration.iterated(frame, call.positional(0), call.place) | call.positional(1)


def _iter(frame: Frame, call: LibraryCall) -> Values:
    """`iter(iterable)`, and `iter(function, end)`."""
    if call.positional(1):
        return row(calls.call(frame, call.positional(0), (), call.place))
    return row(iteration.iterated(frame, call.positional(0), call.place))


def _zip(frame: Frame, call: LibraryCall) -> Values:
    columns = tuple(items_of(frame, argument) for argument in positional(call))
    if any(argument.star for argument in call.arguments):
        return row(row(NOTHING.union(*columns)))
    return row(frozenset((TupleValue(columns),)))


def _zip_longest(frame: Frame, call: LibraryCall) -> Values:
    fill = call.keyword("fillvalue") or UNKNOWN
    columns = tuple(items_of(frame, argument) | fill for argument in positional(call))
    return row(frozenset((TupleValue(columns),)))


def _enumerate(frame: Frame, call: LibraryCall) -> Values:
    elements = iteration.iterated(frame, call.positional(0), call.place)
    return row(frozenset((TupleValue((UNKNOWN, elements)),)))


def _chain(frame: Frame, call: LibraryCall) -> Values:
    return row(NOTHING.union(*(items_of(frame, argument) for argument in positional(call))))


def _chain_from(frame: Frame, call: LibraryCall) -> Values:
    rows = iteration.iterated(frame, call.positional(0), call.place)
    return row(iteration.iterated(frame, rows, call.place))


def _same(frame: Frame, call: LibraryCall) -> Values:
    """Some of the elements, or all in another order."""
    return row(iteration.iterated(frame, call.positional(0), call.place))


def _second(frame: Frame, call: LibraryCall) -> Values:
    return row(iteration.iterated(frame, call.positional(1), call.place))


def _groups(frame: Frame, call: LibraryCall) -> Values:
    """Rows of the elements: pairs, batches, permutations."""
    return row(_same(frame, call))


def _grouped(frame: Frame, call: LibraryCall) -> Values:
    """`groupby` gives each key with an iterable of its elements."""
    elements = iteration.iterated(frame, call.positional(0), call.place)
    functions = call.positional(1) or call.keyword("key")
    keys = calls.call(frame, functions, (Argument(elements, call.place),), call.place)
    return row(frozenset((TupleValue((keys or elements, row(elements))),)))


def _accumulate(frame: Frame, call: LibraryCall) -> Values:
    elements = iteration.iterated(frame, call.positional(0), call.place)
    functions = call.positional(1) or call.keyword("func")
    elements |= call.keyword("initial")
    given = (Argument(elements, call.place),) * 2
    return row(elements | calls.call(frame, functions, given, call.place))


def _repeat(_frame: Frame, call: LibraryCall) -> Values:
    return row(call.positional(0))


def _picked(frame: Frame, call: LibraryCall) -> Values:
    """One element, or the largest of the arguments."""
    given = positional(call)
    if len(given) > 1:
        return NOTHING.union(*(argument.values for argument in given)) | call.keyword("default")
    picked = NOTHING.union(*(items_of(frame, argument) for argument in given))
    return picked | call.keyword("default")


def _tuple(frame: Frame, call: LibraryCall) -> Values:
    """A tuple stays what it is; of anything else only the elements are known."""
    values = call.positional(0)
    if values and all(isinstance(value, TupleValue) for value in values):
        return values
    return row(iteration.iterated(frame, values, call.place))


def _moved(frame: Frame, call: LibraryCall) -> Values:
    """What orders a list in place."""
    items.shift(frame, call.positional(0))
    return UNKNOWN


def _pushed(frame: Frame, call: LibraryCall) -> Values:
    """What puts a value into a list where it belongs, and may give back another."""
    for rows in ordered(call.positional(0)):
        if isinstance(rows, Container):
            items.put(frame, rows, None, call.positional(1))
    return _next(frame, call)


FUNCTIONS: Meanings = {
    "builtins.aiter": _iter,
    "builtins.anext": _next,
    "builtins.enumerate": _enumerate,
    "builtins.filter": _filter,
    "builtins.iter": _iter,
    "builtins.map": mapped,
    "builtins.max": _picked,
    "builtins.min": _picked,
    "builtins.next": _next,
    "builtins.reversed": _same,
    "builtins.tuple": _tuple,
    "builtins.zip": _zip,
    "asyncio.as_completed": _same,
    "concurrent.futures.as_completed": _same,
    "bisect.insort": _pushed,
    "bisect.insort_left": _pushed,
    "bisect.insort_right": _pushed,
    "heapq.heapify": _moved,
    "heapq.heappop": _next,
    "heapq.heappush": _pushed,
    "heapq.heappushpop": _pushed,
    "heapq.heapreplace": _pushed,
    "heapq.merge": _chain,
    "heapq.nlargest": _second,
    "heapq.nsmallest": _second,
    "itertools.accumulate": _accumulate,
    "itertools.batched": _groups,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_from,
    "itertools.combinations": _groups,
    "itertools.combinations_with_replacement": _groups,
    "itertools.compress": _same,
    "itertools.cycle": _same,
    "itertools.dropwhile": _filter,
    "itertools.filterfalse": _filter,
    "itertools.groupby": _grouped,
    "itertools.islice": _same,
    "itertools.pairwise": _groups,
    "itertools.permutations": _groups,
    "itertools.product": _zip,
    "itertools.repeat": _repeat,
    "itertools.starmap": star_mapped,
    "itertools.takewhile": _filter,
    "itertools.tee": _groups,
    "itertools.zip_longest": _zip_longest,
    "random.choice": _picked,
    "random.choices": _same,
    "random.sample": _same,
    "random.shuffle": _moved,
    "secrets.choice": _picked,
}
