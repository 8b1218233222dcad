"""The questions on directed graphs that networkx answers, asked of pairs and names."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Pairs: TypeAlias = Iterable[tuple[str, str]]


def tangles(pairs: Pairs) -> tuple[frozenset[str], ...]:
    """The sets of names that all lead to each other, by their least members.

    A name that leads to itself is a set of one.
    """
    nx = _networkx()
    graph = nx.DiGraph(sorted(set(pairs)))
    found = (frozenset[str](one) for one in nx.strongly_connected_components(graph))
    loops = (one for one in found if len(one) > 1 or graph.has_edge(*one, *one))
    return tuple(sorted(loops, key=min))


def shortest_paths(pairs: Pairs, source: str) -> Mapping[str, tuple[str, ...]]:
    """One shortest way to all that a name leads to, itself included; the same one on every run."""
    nx = _networkx()
    graph = nx.DiGraph(sorted(set(pairs)))
    graph.add_node(source)
    found = nx.single_source_shortest_path(graph, source)
    return {name: tuple[str, ...](found[name]) for name in sorted(found)}


def shortest_cycle(pairs: Pairs, names: frozenset[str], through: str) -> tuple[str, ...]:
    """One shortest way round within a tangle, from a name to the last before it again."""
    # No view of a larger graph, which iterates over sets, in another order on every run.
    within = [pair for pair in pairs if names.issuperset(pair)]
    paths = shortest_paths(within, through)
    return min((paths[last] for last, first in within if first == through), key=_by_length)


def _by_length(path: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(path), path


def _networkx() -> Any:
    """Loaded when it is asked, since it costs more than an analysis; its stubs say too little."""
    import networkx as nx  # noqa: PLC0415

    return nx
