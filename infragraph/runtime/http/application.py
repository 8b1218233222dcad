"""The ASGI application of one process: the endpoints of its services, mounts, and health."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from infragraph.runtime.http.headers import INTERNAL
from infragraph.runtime.http.responses import failure
from infragraph.runtime.http.routes import Found, Routes
from infragraph.sdk.errors import APIError, NotFound


class MethodNotAllowed(APIError):  # noqa: N818 - told to whoever asked, as the SDK's errors are
    """The path is there, with other methods: HTTP 405."""

    status = 405


class Application:
    """What an HTTP server serves.

    Endpoints are found in a table; `others` are the runtime's own routes, WebSockets and mounts,
    which Starlette serves.
    """

    def __init__(self, endpoints: Routes, others: Iterable[BaseRoute]) -> None:
        self._endpoints = endpoints
        self._others = Starlette(routes=list(others), exception_handlers={HTTPException: _unrouted})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._others(scope, receive, send)
            return
        path = scope["path"]
        route = self._endpoints.constant(scope["method"], path, scope.get("raw_path"))
        if route is not None:
            await route.answer(scope, receive, send, ())
            return
        found = self._found(scope)
        if found is not None:
            route, values = found
            await route.answer(scope, receive, send, values)
        elif self._is_others(scope):
            await self._others(scope, receive, send)
        else:
            await self._refusal(scope)(scope, receive, send)

    def endpoint(self, scope: Scope) -> str | None:
        """The id of the endpoint that a request, or a WebSocket, is for; None for all else."""
        if scope["type"] == "http":
            found = self._found(scope)
            if found is not None:
                return found[0].node
        for route in self._others.routes:
            if route.matches(scope)[0] is Match.FULL:
                return str(getattr(route, "name", ""))
        return None

    def _found(self, scope: Scope) -> Found | None:
        """An endpoint that takes all paths takes none of the runtime's own."""
        if scope["path"].startswith(_OWN):
            return None
        return self._endpoints.find(scope["method"], scope)

    def _is_others(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is not Match.NONE for route in self._others.routes)

    def _refusal(self, scope: Scope) -> ASGIApp:
        """A path that is served with other methods, or but for a slash at its end; or none."""
        where = f"{scope['method']} {scope['path']}"
        methods = self._methods(scope)
        if methods:
            answer = failure(MethodNotAllowed(f"{where} is not served; the path is"), where)
            answer.headers["allow"] = ", ".join(methods)
            return answer
        other = _other_slash(scope)
        if other is not None and (self._methods(other) or self._is_others(other)):
            return RedirectResponse(str(URL(scope=other)))
        return failure(NotFound(f"nothing is served at {where}"), where)

    def _methods(self, scope: Scope) -> tuple[str, ...]:
        return () if scope["path"].startswith(_OWN) else self._endpoints.methods(scope)


_OWN = f"{INTERNAL}/"


def _other_slash(scope: Scope) -> Scope | None:
    """The same request with a slash at the end of its path, or without."""
    path: str = scope["path"]
    if path == "/":
        return None
    if not path.endswith("/"):
        return {**scope, "path": f"{path}/", "raw_path": None}
    return {**scope, "path": path.rstrip("/"), "raw_path": None}


async def _unrouted(request: Request, error: Exception) -> Response:
    """What a route of the runtime's own refuses, as a handler would."""
    where = f"{request.method} {request.url.path}"
    if isinstance(error, HTTPException) and error.status_code == MethodNotAllowed.status:
        answer = failure(MethodNotAllowed(f"{where} is not served; the path is"), where)
        answer.headers.update(error.headers or {})
        return answer
    return failure(NotFound(f"nothing is served at {where}"), where)
