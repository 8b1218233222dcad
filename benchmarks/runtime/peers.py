"""The same endpoint on bare Starlette and on FastAPI: `uvicorn benchmarks.runtime.peers:NAME`."""

from dataclasses import dataclass

import fastapi
import msgspec
import pydantic
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


class Model(pydantic.BaseModel):
    id: int
    name: str
    tags: list[str]


fast = fastapi.FastAPI()


@fast.post("/orders")
async def echo_model(order: Model) -> Model:
    return order
