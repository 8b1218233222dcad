"""Which databases of a graph a command is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from infragraph.runtime.application import ApplicationError, Graph
from infragraph.runtime.databases.owners import owner


def selected(
    graph: Graph, names: Iterable[str], *, service: str | None = None
) -> list[Mapping[str, Any]]:
    """The databases called `names`, or all where there are none, in the order of their names.

    Of them those alone that `service` owns, where it is given.

    Raises:
        ApplicationError: the graph has no database of a name.
    """
    known = {str(node["name"]): node for node in graph.of_kind("database")}
    wanted = sorted(set(names) or known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        has = ", ".join(sorted(known)) or "none"
        message = f"there is no database {', '.join(map(repr, unknown))}: the graph has {has}"
        raise ApplicationError(message)
    nodes = [known[name] for name in wanted]
    return [node for node in nodes if service is None or owner(node) == service]
