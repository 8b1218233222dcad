"""Paths as OpenAPI has them: one template for all that are alike but for the parameters' names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.documents.narrowing import text
from infragraph.kinds.path import Path, PathFault, PathParameter, parsed
from infragraph.model.graph import Node

Shape: TypeAlias = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An endpoint with its template, in which `path`'s parameters may have other names."""

    endpoint: Node
    method: str
    path: Path
    template: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    """An endpoint that the document cannot hold, and why."""

    endpoint: Node
    reason: str


def routes(endpoints: Iterable[Node]) -> tuple[tuple[Route, ...], tuple[Omitted, ...]]:
    """Sorted by template and method."""
    found: dict[tuple[Shape, str], Route] = {}
    omitted: list[Omitted] = []
    firsts: dict[Shape, Path] = {}
    for endpoint, path in sorted(_parsed(endpoints, omitted), key=_takes_rest):
        shape = _shape(path)
        first = firsts.setdefault(shape, path)
        method = text(endpoint.properties.get("method"))
        if method is None:
            omitted.append(Omitted(endpoint=endpoint, reason="its method is not known"))
            continue
        route = Route(
            endpoint=endpoint,
            method=method.lower(),
            path=path,
            template=_template(first),
            names=_names(path, first),
        )
        other = found.setdefault((shape, route.method), route)
        if other is not route:
            reason = f"OpenAPI cannot tell its path from that of {named(other.endpoint)}"
            omitted.append(Omitted(endpoint=endpoint, reason=reason))
    in_order = sorted(found.values(), key=lambda it: (it.template, _ORDER.index(it.method)))
    return tuple(in_order), tuple(sorted(omitted, key=lambda it: it.endpoint.id))


def named(endpoint: Node) -> str:
    """An endpoint as people look for it: by its name and by what it answers to."""
    said = (text(endpoint.properties.get(it)) for it in ("method", "path"))
    route = " ".join(it for it in said if it is not None)
    return f"'{endpoint.name}' ({route})" if route else f"'{endpoint.name}'"


def _parsed(endpoints: Iterable[Node], omitted: list[Omitted]) -> Iterable[tuple[Node, Path]]:
    for endpoint in endpoints:
        said = text(endpoint.properties.get("path"))
        path = parsed(said or "")
        if isinstance(path, PathFault):
            reason = "its path is not known" if said is None else "its path is none of an endpoint"
            omitted.append(Omitted(endpoint=endpoint, reason=reason))
        else:
            yield endpoint, path


def _takes_rest(parsed_endpoint: tuple[Node, Path]) -> tuple[bool, str]:
    """A parameter that takes one part goes before one that takes all."""
    endpoint, path = parsed_endpoint
    return any(it.takes_rest for it in path.parameters), endpoint.id


def _shape(path: Path) -> Shape:
    return tuple(None if isinstance(part, PathParameter) else part for part in path.parts)


def _template(path: Path) -> str:
    parts = (f"{{{it.name}}}" if isinstance(it, PathParameter) else it for it in path.parts)
    return "/" + "/".join(parts)


def _names(path: Path, first: Path) -> Mapping[str, str]:
    pairs = zip(path.parameters, first.parameters, strict=True)
    return {own.name: given.name for own, given in pairs}


_ORDER = ("get", "put", "post", "delete", "options", "head", "patch")
