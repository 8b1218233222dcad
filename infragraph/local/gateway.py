"""One port for the whole application: each request goes to the service whose path it is."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import Scope
from starlette.websockets import WebSocket

from infragraph.local.application import LocalApplication
from infragraph.local.sockets import relay
from infragraph.runtime.http.path_order import specific_first

_DASHBOARD = re.compile(r"infragraph_[0-9]+=")
_HOP = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """`address` gives where a service answers now."""

    address: Callable[[str], str]
    client: httpx.AsyncClient

    def application(self, application: LocalApplication) -> Starlette:
        """As a cloud's load balancer: public and auth paths alone, and mounts."""
        endpoints = sorted(
            (it for it in application.of_kind("endpoint") if _is_open(it)),
            key=lambda it: specific_first(str(it["properties"]["path"])),
        )
        routes: list[BaseRoute] = []
        for node in endpoints:
            path, service = str(node["properties"]["path"]), str(node["service"])
            routes.append(
                Route(path, self._forward(service), methods=[node["properties"]["method"]])
            )
            if node["properties"]["raw"]:
                routes.append(WebSocketRoute(path, self._socket(service)))
        for node in application.of_kind("service"):
            routes.extend(
                Mount(str(mount["path"]), self._mounted(str(node["name"])))
                for mount in node["properties"]["mounts"]
            )
        return Starlette(routes=routes, exception_handlers={404: _nothing, 405: _other_methods})

    def _forward(self, service: str) -> Callable[[Request], Any]:
        async def forward(request: Request) -> Response:
            url = self.address(service) + as_it_came(request.scope)
            headers = [
                (name, without_dashboard(it) if name == "cookie" else it)
                for name, it in request.headers.items()
                if name not in _HOP
            ]
            outgoing = self.client.build_request(
                request.method,
                url,
                headers=headers,
                content=request.stream(),
            )
            try:
                answer = await self.client.send(outgoing, stream=True)
            except httpx.HTTPError as error:
                message = f"service {service!r} cannot be reached: {error}"
                return JSONResponse({"error": "Unavailable", "message": message}, status_code=503)
            # The gateway's own server says when.
            kept = {name for name in answer.headers if name not in _HOP and name != "date"}
            response = StreamingResponse(_body(answer), status_code=answer.status_code)
            response.raw_headers = [
                (name.encode("latin-1"), value.encode("latin-1"))
                for name, value in answer.headers.multi_items()
                if name in kept
            ]
            return response

        return forward

    def _mounted(self, service: str) -> Starlette:
        forward, socket = self._forward(service), self._socket(service)
        methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        return Starlette(
            routes=[
                Route("/{rest:path}", forward, methods=methods),
                WebSocketRoute("/{rest:path}", socket),
            ]
        )

    def _socket(self, service: str) -> Callable[[WebSocket], Any]:
        async def forward(socket: WebSocket) -> None:
            await relay(socket, self.address(service))

        return forward


def as_it_came(scope: Scope) -> str:
    """The path and the query, none of it decoded: an escaped `?` or `/` is no other request."""
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query: bytes = scope["query_string"]
    return (path + b"?" + query if query else path).decode("latin-1")


def without_dashboard(cookies: str) -> str:
    """A browser sends the dashboard's cookie to every port of its host; no service may see it."""
    return "; ".join(it for it in cookies.split("; ") if not _DASHBOARD.match(it))


def _is_open(node: Any) -> bool:
    return node["properties"]["access"] in ("public", "auth")


async def _body(answer: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async for part in answer.aiter_raw():
            yield part
    finally:
        await answer.aclose()


async def _nothing(request: Request, _error: Exception) -> Response:
    message = f"no service has a public or auth endpoint at {request.method} {request.url.path}"
    return JSONResponse({"error": "NotFound", "message": message}, status_code=404)


async def _other_methods(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "what the router raises"
    # Starlette keeps them as a set.
    allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
    message = f"{request.url.path} is not for {request.method}: it takes {allowed}"
    body = {"error": "MethodNotAllowed", "message": message}
    return JSONResponse(body, status_code=405, headers=error.headers)
