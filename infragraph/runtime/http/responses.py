"""What a caller is answered: the result, or the error that the handler means it to see."""

import json
import logging
from typing import Any

from starlette.responses import Response

from infragraph.runtime.interface import Interface
from infragraph.sdk.errors import APIError

LOG = logging.getLogger("infragraph.http")

_JSON = "application/json"
UNSPOKEN = "APIError"
"""The name that an error has whose text stays inside."""


def success(interface: Interface, result: Any) -> Response:
    """The result as JSON; nothing where the handler has none."""
    if interface.result is None:
        return Response(status_code=204)
    return Response(interface.result.encode(result), media_type=_JSON)


def failure(error: Exception, where: str) -> Response:
    """An `APIError` with its text; of anything else that it happened, and a line in the log."""
    if isinstance(error, APIError):
        return _error(type(error), str(error))
    LOG.error("%s: %s", where, type(error).__qualname__, exc_info=error)
    return _error(APIError, "an error within the service")


def _error(kind: type[APIError], message: str) -> Response:
    name = UNSPOKEN if kind is APIError else kind.__name__
    body = json.dumps({"error": name, "message": message}, ensure_ascii=False).encode()
    return Response(body, status_code=kind.status, media_type=_JSON)
