"""Where the dashboard of a run reaches the broker that is within a service's process."""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infragraph.runtime.brokers.broker import Broker, DeadLetter
from infragraph.runtime.brokers.dead_letters import letter_headers
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.envelope import read
from infragraph.runtime.http.headers import INTERNAL
from infragraph.runtime.http.responses import failure
from infragraph.runtime.tracing.messages import TOKEN, TOKEN_HEADER
from infragraph.sdk.errors import InvalidArgument, PermissionDenied

PATH = f"{INTERNAL}/messages"


def memory_routes(broker: Broker, variables: Mapping[str, str]) -> list[Route]:
    """None but in a run whose broker is in memory: there a token says who the dashboard is."""
    token = variables.get(TOKEN)
    if not token or not isinstance(broker, MemoryBroker):
        return []

    async def answer(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), token.encode()):
            return failure(PermissionDenied("for the run's dashboard alone"), PATH)
        try:
            return await _done(broker, await request.json())
        except (ValueError, TypeError, KeyError, AttributeError, binascii.Error):
            return failure(InvalidArgument("this asks for nothing"), PATH)

    return [Route(PATH, answer, methods=["POST"])]


async def _done(broker: MemoryBroker, asked: Mapping[str, Any]) -> Response:
    match asked["do"]:
        case "publish":
            envelope = read(
                cast("Mapping[str, str]", asked["headers"]),
                base64.b64decode(asked["body"], validate=True),
                otherwise_id="",
                otherwise_at=datetime.now(UTC),
            )
            await broker.publish(str(asked["topic"]), {}, [envelope])
            return Response(status_code=204)
        case "letter":
            letter = _letter(broker, asked)
            if letter is None:
                return Response(status_code=404)
            return JSONResponse(
                {
                    "headers": letter_headers(letter),
                    "body": base64.b64encode(letter.envelope.body).decode(),
                }
            )
        case "remove":
            found = _letter(broker, asked)
            if found is not None:
                broker.dead[found.subscription].remove(found)
            return Response(status_code=204)
        case other:
            raise ValueError(json.dumps(other))


def _letter(broker: MemoryBroker, asked: Mapping[str, Any]) -> DeadLetter | None:
    letters = broker.dead.get(str(asked["subscription"]), [])
    return next((it for it in letters if it.envelope.id == asked["message"]), None)
