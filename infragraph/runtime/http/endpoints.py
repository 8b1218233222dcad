"""One endpoint as a route: who may, with what arguments, within which time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from infragraph.runtime.clock import Clock
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.deadlines import remaining, until
from infragraph.runtime.handlers import Handler
from infragraph.runtime.http.access import Doorman
from infragraph.runtime.http.bodies import limited
from infragraph.runtime.http.headers import TIMEOUT, spoken
from infragraph.runtime.http.parameters import arguments
from infragraph.runtime.http.path_order import specific_first
from infragraph.runtime.http.responses import failure, success
from infragraph.runtime.interface import Interface
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.errors import DeadlineExceeded

_POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An endpoint with what calls its handler; `takes_socket` where it is a WebSocket's."""

    interface: Interface
    handle: Handler
    takes_socket: bool


def endpoint_routes(
    endpoints: Iterable[Served], doorman: Doorman, clock: Clock, spans: Spans
) -> list[Route | WebSocketRoute]:
    """In the order in which they are tried: the more specific path first."""
    ordered = sorted(endpoints, key=lambda it: specific_first(it.interface.endpoint.path))
    return [_route(it, doorman, clock, spans) for it in ordered]


def _route(served: Served, doorman: Doorman, clock: Clock, spans: Spans) -> Route | WebSocketRoute:
    endpoint = served.interface.endpoint
    if served.takes_socket:
        return WebSocketRoute(endpoint.path, _socket(served, doorman), name=served.interface.node)
    return Route(
        endpoint.path,
        _request(served, doorman, clock, spans),
        methods=[endpoint.method],
        name=served.interface.node,
    )


def _request(
    served: Served, doorman: Doorman, clock: Clock, spans: Spans
) -> Callable[[Request], Awaitable[Response]]:
    interface = served.interface

    async def answer(request: Request) -> Response:
        said = spoken(request.scope)
        running = Running(
            service=interface.endpoint.service,
            entry=interface.node,
            deadline=until(clock, timeout=interface.timeout, left_ms=said.get(TIMEOUT)),
        )
        token = RUNNING.set(running)
        try:
            with spans.serving(
                interface.node, request.method, interface.endpoint.path, said
            ) as answered:
                caller = await doorman.caller(request, interface, said)
                if caller is not None:
                    RUNNING.set(replace(running, caller=caller))
                response = await _within(request, served, remaining(clock))
                answered(response.status_code)
                return response
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
            return failure(error, interface.node)
        finally:
            RUNNING.reset(token)

    return answer


async def _within(request: Request, served: Served, seconds: float | None) -> Response:
    interface = served.interface
    if interface.endpoint.raw:
        receive = limited(request, interface.body_limit)
        answered: Response = await served.handle(Request(request.scope, receive))
        return answered
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            result: Any = await served.handle(**await arguments(request, interface))
    except TimeoutError as error:
        if not limit.expired():
            raise
        message = f"{interface.node} took longer than {seconds:g} s"
        raise DeadlineExceeded(message) from error
    return success(interface, result)


def _socket(served: Served, doorman: Doorman) -> Callable[[WebSocket], Awaitable[None]]:
    interface = served.interface

    async def serve(socket: WebSocket) -> None:
        # What a WebSocket's handshake holds is a request without a body.
        handshake = Request({**socket.scope, "type": "http", "method": "GET"})
        try:
            caller = await doorman.caller(handshake, interface, spoken(socket.scope))
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
