from dataclasses import dataclass

from infragraph import Unauthenticated
from starlette.requests import Request

from acme.front import front, session, started, stopped
from acme.payload import Event


@dataclass(frozen=True)
class Identity:
    user: str


@front.on_startup
async def start() -> None:
    await _tell()


async def _tell() -> None:
    await started.publish(Event(0))


@front.on_shutdown
async def stop() -> None:
    await stopped.publish(Event(0))


@front.auth_handler
async def authenticate(request: Request) -> Identity:
    if request.headers.get("authorization") != session.get():
        raise Unauthenticated("no session")
    return Identity("someone")
