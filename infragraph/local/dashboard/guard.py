"""Stands before everything that the dashboard serves: who is let in, and what a page may do."""

from collections.abc import MutableMapping
from typing import Any, cast

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infragraph.local.dashboard.admission import Asked, refusal
from infragraph.local.dashboard.sessions import Sessions

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)

HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """Wraps an application; a WebSocket is refused before it is accepted, since there is none."""

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        refused = refusal(_asked(scope, self._sessions), _port(self._sessions))
        if refused is not None:
            answer = JSONResponse({"error": refused.reason}, refused.status)
            await answer(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def _asked(scope: Scope, sessions: Sessions) -> Asked:
    headers: dict[str, list[str]] = {}
    for name, value in cast("list[tuple[bytes, bytes]]", scope["headers"]):
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return Asked(
        method=str(scope["method"]),
        path=str(scope["path"]),
        headers=headers,
        has_cookie=sessions.has_cookie(headers.get("cookie", [])),
        has_bearer=sessions.has_bearer(headers.get("authorization", [])),
    )


def _port(sessions: Sessions) -> int:
    return int(sessions.url.rpartition(":")[2])


def _add_headers(message: MutableMapping[str, Any]) -> None:
    kept = [
        (name, value)
        for name, value in cast("list[tuple[bytes, bytes]]", message.get("headers", []))
        if name.decode("latin-1").lower() not in HEADERS
    ]
    ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    message["headers"] = kept + ours
