"""The graph that a generated application must give, known from how it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.corpus.written import Application, Function, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Ids of nodes, and edges as `source relation target`."""

    nodes: frozenset[str]
    edges: frozenset[str]


def graph_of(application: Application) -> Graph:
    functions = {
        f"{module.name}.{function.name}": function
        for module in application.modules
        for function in module.functions
    }
    return Graph(
        nodes=frozenset(node for module in application.modules for node in module.nodes),
        edges=frozenset(_edges(application, functions)),
    )


def _edges(application: Application, functions: Mapping[str, Function]) -> Iterator[str]:
    reached: set[str] = set()
    for module in application.modules:
        yield from module.deliveries
        for function in module.functions:
            if not function.entries:
                continue
            below = _below(f"{module.name}.{function.name}", functions)
            reached |= below
            for use in _uses(below, functions):
                yield from (f"{entry} {use.relation} {use.target}" for entry in function.entries)
    for module in application.modules:
        if module.owner is None:
            continue
        for function in module.functions:
            name = f"{module.name}.{function.name}"
            if name not in reached:
                uses = _uses({name}, functions)
                yield from (f"{module.owner} {use.relation} {use.target}" for use in uses)


def _below(name: str, functions: Mapping[str, Function]) -> set[str]:
    """`name` and every function that it leads to."""
    seen = {name}
    pending = [name]
    while pending:
        for part in functions[pending.pop()].body:
            new = set(part.leads_to) - seen
            seen |= new
            pending += sorted(new)
    return seen


def _uses(names: set[str], functions: Mapping[str, Function]) -> set[Use]:
    return {use for name in names for part in functions[name].body for use in part.uses}
