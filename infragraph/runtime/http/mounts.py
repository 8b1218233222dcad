"""Applications of the user's own below a path, which run as their service does."""

from starlette.datastructures import Headers
from starlette.routing import Mount as MountRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.http.bodies import BodyTooLarge, Limited, check_announced
from infragraph.runtime.http.headers import LENGTH
from infragraph.runtime.http.responses import failure
from infragraph.runtime.quantities import size
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.mount import Mount


def mount_route(service: str, mount: Mount, spans: Spans) -> MountRoute:
    """Where a service serves it."""
    return MountRoute(
        mount.path,
        Mounted(service, mount, spans),
        name=f"mount:{service}{mount.path}",
    )


class Mounted:
    """An application as an endpoint is: of a service, traced, and sent no more than it takes."""

    def __init__(self, service: str, mount: Mount, spans: Spans) -> None:
        self._running = Running(service=service)
        self._path = mount.path
        self._app: ASGIApp = mount.app
        self._limit = size(mount.body_limit)
        self._spans = spans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = RUNNING.set(self._running)
        try:
            if scope["type"] == "http":
                await self._traced(scope, receive, send)
            else:
                await self._app(scope, receive, send)
        finally:
            RUNNING.reset(token)

    async def _traced(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        node = f"service:{self._running.service}"
        with self._spans.serving(node, scope["method"], self._path, headers) as answered:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    answered(message["status"])
                await send(message)

            await self._limited(scope, receive, sent, headers.get(LENGTH))

    async def _limited(
        self, scope: Scope, receive: Receive, send: Send, announced: str | None
    ) -> None:
        limited = Limited(receive, self._limit)
        has_answered = False

        async def sent(message: Message) -> None:
            nonlocal has_answered
            # What it says of a body that was cut off is not the reason.
            if has_answered or not limited.is_over:
                has_answered = True
                await send(message)

        try:
            check_announced(announced, self._limit)
            await self._app(scope, limited, sent)
            limited.check()
        except BodyTooLarge as error:
            if not has_answered:
                await failure(error, self._path)(scope, receive, send)
