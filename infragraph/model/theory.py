"""The questions on directed graphs that networkx answers, asked of pairs and names."""

from collections.abc import Iterable
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


def shortest_path(pairs: Pairs, source: str, target: str) -> tuple[str, ...] | None:
    """The names on one shortest way, both ends included; the same one on every run."""
    nx = _networkx()
    graph = nx.DiGraph(sorted(set(pairs)))
    if source not in graph or target not in graph:
        return None
    try:
        return tuple(nx.shortest_path(graph, source, target))
    except nx.NetworkXNoPath:
        return None


def _networkx() -> Any:
    """Loaded when it is asked, since it costs more than an analysis; its stubs say too little."""
    import networkx as nx  # noqa: PLC0415

    return nx
