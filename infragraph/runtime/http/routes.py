"""The endpoints of a process by method and path, known before the first request."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.types import Scope

from infragraph.runtime.http.endpoints import Answering, Around, Served
from infragraph.runtime.http.parameters import Values
from infragraph.runtime.http.paths import Paths, parts_of
from infragraph.runtime.http.raw import RawEndpoint
from infragraph.runtime.http.typed import TypedEndpoint
from infragraph.runtime.starting import StartError


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`node` is the endpoint's id in the graph."""

    node: str
    method: str
    path: str
    answer: Answering


def route(served: Served, around: Around) -> Route:
    """What answers an endpoint.

    Raises:
        StartError: nothing can carry a type of its handler's.
    """
    endpoint = served.interface.endpoint
    try:
        answer = (RawEndpoint if endpoint.raw else TypedEndpoint)(served, around)
    except TypeError as error:
        message = f"{served.interface.node} cannot be served: {error}"
        raise StartError(message) from error
    return Route(
        node=served.interface.node, method=endpoint.method, path=endpoint.path, answer=answer
    )


Found = tuple[Route, Values]
"""A route with the values of its path's parameters."""


class Routes:
    """A table of paths for each method; HEAD is answered as GET is, unless it has its own."""

    __slots__ = ("_tables",)

    def __init__(self, routes: Iterable[Route]) -> None:
        self._tables: dict[str, Paths[Route]] = {}
        known = sorted(routes, key=lambda it: (it.path, it.method))
        for it in known:
            self._tables.setdefault(it.method, Paths()).add(it.path, it)
        for it in known:
            if it.method == "GET":
                self._tables.setdefault("HEAD", Paths()).add(it.path, it)

    def constant(self, method: str, path: str, raw: bytes | None) -> Route | None:
        """The route of a path without parameters: one look into one table."""
        table = self._tables.get(method)
        if table is None or (raw is not None and b"%" in raw):
            return None
        return table.constant(path)

    def find(self, method: str, scope: Scope) -> Found | None:
        """The most specific route of a method that fits a request's path."""
        table = self._tables.get(method)
        return None if table is None else table.find(parts_of(scope["path"], scope.get("raw_path")))

    def methods(self, scope: Scope) -> tuple[str, ...]:
        """Those that a request's path is served with."""
        parts = parts_of(scope["path"], scope.get("raw_path"))
        return tuple(
            method
            for method, table in sorted(self._tables.items())
            if table.find(parts) is not None
        )
