"""What the outside may ask for: public and auth endpoints, and mounts, as paths with methods."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from infragraph.model.graph import Node
from infragraph.model.source import SourceSpan
from infragraph.targets.aws.shared import Setting

INTERNAL = "/__infragraph"

_PARAMETER = re.compile(r"\{[^{}:]*(?P<rest>:path)?\}")
_LITERAL, _ONE, _REST, _END = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A path of one service as a request names it; `methods` are None for all of them.

    `pattern` has `*` for each parameter, which matches slashes too; `regex` matches the path's
    own requests and no others. It `is_private` where no request from outside may get there.
    """

    service: str
    path: str
    pattern: str
    regex: str
    methods: frozenset[str] | None
    is_private: bool
    span: SourceSpan

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts what is asked first before what would take its requests too."""
        kinds = (_kind(part) for part in self.path.removeprefix("/").split("/"))
        return (*kinds, _END)


@lru_cache(maxsize=1)
def routes(setting: Setting) -> tuple[Route, ...]:
    """Of all services made here, private ones too, in the order in which they are asked."""
    found = [
        *(
            _of_endpoint(node)
            for node in setting.graph.nodes
            if node.kind == "endpoint" and setting.environment.is_created(f"service:{node.service}")
        ),
        *(
            route
            for node in setting.graph.nodes
            if node.kind == "service" and setting.environment.is_created(node.id)
            for route in _of_mounts(node)
        ),
    ]
    found += _internal(found)
    return tuple(sorted(found, key=lambda it: (it.order, it.regex, it.service, _sorted(it))))


def exposed_services(setting: Setting) -> tuple[str, ...]:
    """Services that the load balancer reaches, sorted."""
    return tuple(sorted({it.service for it in routes(setting) if not it.is_private}))


def _internal(found: Sequence[Route]) -> list[Route]:
    """The runtime's own paths, which every service has: services ask there, nobody outside does."""
    exposed = [route for route in found if not route.is_private]
    if not exposed:
        return []
    first = min(exposed, key=lambda it: it.service)
    path = f"{INTERNAL}/{{rest:path}}"
    return [route_of(first.service, path, None, is_private=True, span=first.span)]


def route_of(
    service: str,
    path: str,
    methods: frozenset[str] | None,
    *,
    is_private: bool,
    span: SourceSpan,
) -> Route:
    return Route(
        service=service,
        path=path,
        pattern=_PARAMETER.sub("*", path),
        regex=_regex(path),
        methods=methods,
        is_private=is_private,
        span=span,
    )


def _of_endpoint(endpoint: Node) -> Route:
    method = str(endpoint.properties["method"])
    return route_of(
        str(endpoint.service),
        str(endpoint.properties["path"]),
        # What answers GET answers HEAD.
        frozenset({"GET", "HEAD"} if method == "GET" else {method}),
        is_private=endpoint.properties["access"] == "private",
        span=endpoint.span,
    )


def _of_mounts(service: Node) -> list[Route]:
    """The path itself and all below it."""
    mounts = service.properties["mounts"]
    assert isinstance(mounts, Sequence)
    paths = [str(mount["path"]).rstrip("/") for mount in mounts if isinstance(mount, Mapping)]
    return [
        route_of(service.name, path, None, is_private=False, span=service.span)
        for mounted in paths
        for path in ([mounted] if mounted else []) + [f"{mounted}/{{rest:path}}"]
    ]


def _regex(path: str) -> str:
    written: list[str] = []
    at = 0
    for match in _PARAMETER.finditer(path):
        written += [re.escape(path[at : match.start()]), ".*" if match["rest"] else "[^/]+"]
        at = match.end()
    return f"^{''.join([*written, re.escape(path[at:])])}$"


def _kind(part: str) -> int:
    match = _PARAMETER.fullmatch(part)
    if match is None:
        return _LITERAL
    return _REST if match["rest"] else _ONE


def _sorted(route: Route) -> tuple[str, ...]:
    return tuple(sorted(route.methods or ()))
