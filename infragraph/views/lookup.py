"""Nodes by what people call them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from infragraph.diagnostics.words import alternatives, nearest
from infragraph.model.graph import InfraGraph, Node

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """Why a name means no single thing, and what may have been meant instead."""

    reason: str


def find(graph: InfraGraph, name: str, kinds: Collection[str] | None = None) -> Node | NotFound:
    """The node with this id, else the only one with this name, of the given kinds alone.

    An id without its kind is a name too, such as `users/signup` of an endpoint.
    """
    nodes = [node for node in graph.nodes if kinds is None or node.kind in kinds]
    exact = [node for node in nodes if node.id == name]
    found = exact or [node for node in nodes if name in {node.name, _short(node)}]
    if len(found) == 1:
        return found[0]
    if found:
        return NotFound(reason=f"'{name}' may be {_listed(node.id for node in found)}")
    return NotFound(reason=_missing(graph, name, nodes, kinds))


def _missing(
    graph: InfraGraph, name: str, nodes: Collection[Node], kinds: Collection[str] | None
) -> str:
    what = "nothing" if kinds is None else f"no {' or '.join(sorted(kinds))}"
    said = f"{what} is called '{name}'"
    other = [node for node in graph.nodes if name in {node.id, node.name} and node not in nodes]
    if other:
        article = "an" if other[0].kind[0] in "aeiou" else "a"
        return f"{said}; '{other[0].id}' is {article} {other[0].kind}"
    ids = {node.id: node.id for node in nodes}
    by_name = {**{it: it for node in nodes for it in (node.name, _short(node))}, **ids}
    near = nearest(name, by_name) or nearest(name.lower(), {it.lower(): it for it in by_name})
    if near is not None:
        return f"{said}; did you mean '{near}'?"
    known = sorted({node.name for node in nodes}) if kinds else []
    if not known:
        return f"{said}; 'infragraph analyze --format json' lists all" if nodes else said
    return f"{said}; there is {_listed(known)}"


def _short(node: Node) -> str:
    return node.id.partition(":")[2]


def _listed(names: Iterable[str]) -> str:
    every = sorted(names)
    shown = alternatives(every[:_MOST])
    left = len(every) - _MOST
    return shown if left <= 0 else f"{shown}, or {left} others"
