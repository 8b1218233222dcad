"""What every route of the API does: a short body is read, and what goes wrong is said."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from infragraph.local.telemetry.bodies import BodyError, read_body
from infragraph.local.telemetry.store import SlowQueryError

LARGEST = 2 << 20
_SECONDS = 10.0

Act = Callable[[Request], Awaitable[Any]]


class Fault(Exception):  # noqa: N818 - told to a person
    """What was asked for cannot be done; the text says why."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def answering(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """A route whose answer is JSON."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await act(request))
        except (Fault, BodyError) as error:
            return JSONResponse({"error": str(error)}, error.status)
        except SlowQueryError as error:
            return JSONResponse({"error": str(error)}, 503)

    return answer


async def read_json(request: Request) -> Mapping[str, Any]:
    """The object that a request's body is.

    Raises:
        BodyError: it is too long, or comes too slowly.
        Fault: it is no object.
    """
    body = await read_body(request, LARGEST, _SECONDS)
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        message = f"the body is no JSON: {error}"
        raise Fault(message) from error
    if not isinstance(read, dict):
        message = "the body is no object"
        raise Fault(message)
    return cast("Mapping[str, Any]", read)


def text(body: Mapping[str, Any], name: str) -> str:
    """A text of the body.

    Raises:
        Fault: it is not there, or is none.
    """
    value = body.get(name)
    if not isinstance(value, str):
        message = f"{name!r} is a text"
        raise Fault(message)
    return value
