"""The graph of a tree, as the oracle sees it."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.oracle.modules import modules
from benchmarks.oracle.names import Found, Names
from benchmarks.oracle.reach import Reach
from benchmarks.oracle.resources import Handler, declared, handlers


def seen_by_oracle(tree: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of nodes, and edges as `source relation target`."""
    names = Names(modules(tree))
    resources = list(declared(names))
    handled = list(handlers(names))
    nodes = {node for _, node in resources}
    nodes.update(entry for handler in handled for entry in handler.entries)
    owners = {module: node for module, node in resources if node.startswith("service:")}
    return frozenset(nodes), frozenset(_edges(names, handled, owners))


def _edges(names: Names, handled: list[Handler], owners: Mapping[str, str]) -> Iterator[str]:
    reach = Reach(names, dict(_endpoints(handled)))
    reached: set[ast.AST] = set()
    for handler in handled:
        yield from handler.deliveries
        uses, functions = reach.below(handler.function)
        reached |= functions
        for entry in handler.entries:
            yield from (f"{entry} {relation} {target}" for relation, target in uses)
    for module in names.modules.values():
        owner = _owner(module.name, names, owners)
        for name, binding in module.names.items() if owner else ():
            if isinstance(binding, ast.FunctionDef | ast.AsyncFunctionDef):
                if binding in reached:
                    continue
                uses, _ = reach.below(Found(module.name, name, binding))
                yield from (f"{owner} {relation} {target}" for relation, target in uses)


def _endpoints(handled: list[Handler]) -> Iterator[tuple[ast.AST, str]]:
    for handler in handled:
        for entry in handler.entries:
            if entry.startswith("endpoint:"):
                yield handler.function.node, entry


def _owner(module: str, names: Names, owners: Mapping[str, str]) -> str | None:
    """The service of the nearest package around a module, or of the module alone."""
    own = owners.get(module)
    if own is not None:
        return own
    here = names.modules[module]
    package = module if here.is_package else module.rpartition(".")[0]
    while package:
        found = owners.get(package) or owners.get(f"{package}.service")
        if found is not None:
            return found
        package = package.rpartition(".")[0]
    return None
