"""The application's auth handler, in its own service or asked over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infragraph.runtime.codec import codec
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.http.headers import INTERNAL
from infragraph.runtime.http.responses import failure
from infragraph.runtime.identity import IdentityError
from infragraph.runtime.peers import Peers
from infragraph.sdk import errors
from infragraph.sdk.auth import AuthHandler

PATH = f"{INTERNAL}/authenticate"
# What the handler may look at beside the headers; the first request's body stays where it is.
_METHOD = "x-infragraph-original-method"
_TARGET = "x-infragraph-original-target"
_KNOWN = {kind.__name__: kind for kind in (errors.Unauthenticated, errors.PermissionDenied)}


def identity_codec(handler: AuthHandler[Any]) -> Any:
    """How what the auth handler returns travels."""
    return codec(get_type_hints(handler.handler, include_extras=True)["return"])


def caller(handler: AuthHandler[Any]) -> Any:
    """The identity on whose behalf the code runs.

    Raises:
        Unauthenticated: there is none.
    """
    running = RUNNING.get()
    if running is None or running.caller is None:
        message = "nobody has been identified"
        raise errors.Unauthenticated(message)
    return identity_codec(handler).decode(running.caller, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlace:
    """The handler runs in this process."""

    handler: AuthHandler[Any]

    async def __call__(self, request: Request) -> bytes:
        token = RUNNING.set(Running(service=self.handler.service))
        try:
            identity = await self.handler.handler(request)
        finally:
            RUNNING.reset(token)
        encoded: bytes = identity_codec(self.handler).encode(identity)
        return encoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The handler runs in `service`, in another process; `source` is who asks."""

    service: str
    source: str
    peers: Peers
    client: httpx.AsyncClient

    async def __call__(self, request: Request) -> bytes:
        headers = {name: it for name, it in request.headers.items() if _is_passed_on(name)}
        headers.update(await self.peers.proof.token(self.source, self.service))
        headers[_METHOD] = request.method
        headers[_TARGET] = str(request.url)
        try:
            answer = await self.client.get(self.peers.url(self.service) + PATH, headers=headers)
        except httpx.TimeoutException as error:
            message = f"service {self.service!r}, which knows callers, did not answer in time"
            raise errors.DeadlineExceeded(message) from error
        except httpx.HTTPError as error:
            message = f"service {self.service!r}, which knows callers, cannot be reached"
            raise errors.Unavailable(message) from error
        if answer.is_success:
            return answer.content
        raise _refusal(answer)


def authentication_route(handler: AuthHandler[Any], peers: Peers) -> Route:
    """Where other services of the application ask."""
    ask = InPlace(handler=handler)

    async def answer(request: Request) -> Response:
        try:
            peers.proof.verified(request.headers, handler.service)
        except IdentityError:
            return failure(errors.PermissionDenied("for services of the application alone"), PATH)
        try:
            return Response(await ask(_original(request)), media_type="application/json")
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
            return failure(error, PATH)

    return Route(PATH, answer, methods=["GET"])


def _is_passed_on(name: str) -> bool:
    """Not what belongs to one connection, nor what only the runtime may say."""
    return name not in _HOP and not name.startswith("x-infragraph-")


_HOP = frozenset({"connection", "content-length", "host", "te", "transfer-encoding", "upgrade"})


def _original(request: Request) -> Request:
    """The request as it reached the first service."""
    target = httpx.URL(request.headers.get(_TARGET, str(request.url)))
    headers: Mapping[str, str] = request.headers
    raw = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in headers.items()
        if _is_passed_on(name)
    ]
    raw.append((b"host", target.netloc))
    return Request(
        {
            **request.scope,
            "method": request.headers.get(_METHOD, request.method),
            "path": target.path,
            "raw_path": target.raw_path.partition(b"?")[0],
            "query_string": target.query,
            "headers": raw,
        }
    )


def _refusal(answer: httpx.Response) -> errors.APIError:
    try:
        said = answer.json()
        return _KNOWN[said["error"]](said["message"])
    except (ValueError, KeyError, TypeError):
        message = "who is calling cannot be found out now"
        return errors.Unavailable(message)
