"""The same endpoint on bare Starlette, and where spans go: by uvicorn."""

from dataclasses import dataclass

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass(frozen=True)
class Order:
    id: int
    name: str
    tags: list[str]


_DECODER = msgspec.json.Decoder(Order)
_ENCODER = msgspec.json.Encoder()


async def _echo(request: Request) -> Response:
    order = _DECODER.decode(await request.body())
    return Response(_ENCODER.encode(order), media_type="application/json")


starlette = Starlette(routes=[Route("/orders", _echo, methods=["POST"])])


async def _taken(request: Request) -> Response:
    """As a collector of traces answers."""
    body = await request.body()
    is_json = request.headers.get("content-type") == "application/json"
    return Response(body if is_json else b"", media_type="application/x-protobuf")


sink = Starlette(routes=[Route("/v1/traces", _taken, methods=["POST"])])
