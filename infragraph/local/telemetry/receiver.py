"""OTLP over HTTP comes in here, from whoever has the run's token, and never from a page."""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infragraph.local.telemetry import otlp
from infragraph.local.telemetry.bodies import BodyError, read_body, unpacked
from infragraph.local.telemetry.forwarding import Forwarding
from infragraph.local.telemetry.messages import read_messages
from infragraph.local.telemetry.store import Store
from infragraph.runtime.tracing.messages import TOKEN_HEADER
from infragraph.runtime.tracing.names import DROPPED_HEADER

_HOSTS = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """`token` is the run's own."""

    store: Store
    forwarding: Forwarding
    token: str

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/traces", self._traces, methods=["POST"]),
                Route("/v1/messages", self._messages, methods=["POST"]),
                Route("/v1/logs", self._logs, methods=["POST"]),
                # Taken, so that no program of the application complains, and not kept.
                Route("/v1/metrics", self._metrics, methods=["POST"]),
            ]
        )

    async def _traces(self, request: Request) -> Response:
        def keep(body: bytes, media_type: str) -> None:
            self.store.add_spans(otlp.read_spans(body, media_type))

        answer = await self._kept(request, "traces", keep)
        process, _, dropped = request.headers.get(DROPPED_HEADER, "").partition(" ")
        if answer.status_code == HTTPStatus.OK and dropped.isdecimal():
            self.store.lost(process, int(dropped[:15]))
        return answer

    async def _messages(self, request: Request) -> Response:
        """Not of OTLP: what the run's own services tell of their broker."""

        def keep(body: bytes, _media_type: str) -> None:
            try:
                self.store.add_messages(read_messages(body))
            except ValueError as error:
                raise otlp.OtlpError(str(error)) from error

        return await self._kept(request, "messages", keep)

    async def _logs(self, request: Request) -> Response:
        def keep(body: bytes, media_type: str) -> None:
            self.store.add_logs(otlp.read_logs(body, media_type))

        return await self._kept(request, "logs", keep)

    async def _metrics(self, request: Request) -> Response:
        return await self._kept(request, "metrics", lambda _body, _media_type: None)

    async def _kept(
        self, request: Request, signal: str, keep: Callable[[bytes, str], None]
    ) -> Response:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()
        try:
            self._admit(request, media_type)
            packed = await read_body(request)
            body = unpacked(packed, request.headers.get("content-encoding", "").strip().lower())
            await asyncio.to_thread(keep, body, media_type)
        except BodyError as error:
            return _refusal(error.status, str(error), media_type)
        except otlp.OtlpError as error:
            return _refusal(400, str(error), media_type)
        self.forwarding.put(signal, packed, request.headers)
        # An empty answer says that all of it was taken.
        if media_type == otlp.JSON:
            return JSONResponse({})
        return Response(b"", media_type=otlp.PROTOBUF)

    def _admit(self, request: Request, media_type: str) -> None:
        """No page may send anything, whatever it knows.

        Raises:
            BodyError: whoever asks is refused.
        """
        if any(name == "origin" or name.startswith("sec-fetch-") for name in request.headers):
            raise BodyError(403, "no page sends anything here")
        if request.headers.get("host", "").rpartition(":")[0] not in _HOSTS:
            raise BodyError(403, "this is not the host that is asked for")
        token = request.headers.get(TOKEN_HEADER, "")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise BodyError(401, f"the header {TOKEN_HEADER} is not the run's token")
        if media_type not in (otlp.PROTOBUF, otlp.JSON):
            raise BodyError(415, f"a body is {otlp.PROTOBUF} or {otlp.JSON}")


def _refusal(status: int, message: str, media_type: str) -> Response:
    """As OTLP has it: a `Status` in the encoding of the request."""
    if media_type == otlp.PROTOBUF:
        body = Status(message=message).SerializeToString()
        return Response(body, status_code=status, media_type=otlp.PROTOBUF)
    return JSONResponse({"message": message}, status_code=status)
