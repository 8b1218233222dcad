"""Endpoints that hold a WebSocket."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.http.access import Doorman
from infragraph.runtime.http.endpoints import Served
from infragraph.runtime.http.headers import spoken

_POLICY_VIOLATION = 1008


def socket_route(served: Served, doorman: Doorman) -> WebSocketRoute:
    """Where it is opened."""
    interface = served.interface
    return WebSocketRoute(interface.endpoint.path, _opened(served, doorman), name=interface.node)


def _opened(served: Served, doorman: Doorman) -> Callable[[WebSocket], Awaitable[None]]:
    interface = served.interface

    async def serve(socket: WebSocket) -> None:
        # What a WebSocket's handshake holds is a request without a body.
        handshake = Request({**socket.scope, "type": "http", "method": "GET"})
        try:
            caller = await doorman.caller(handshake, interface, spoken(socket.scope["headers"]))
        except Exception:  # noqa: BLE001 - refused before it is accepted, whatever the reason
            await socket.close(_POLICY_VIOLATION)
            return
        token = RUNNING.set(
            Running(service=interface.endpoint.service, entry=interface.node, caller=caller)
        )
        try:
            await served.handle(socket)
        finally:
            RUNNING.reset(token)

    return serve
