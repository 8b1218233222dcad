"""A call as an HTTP request, and its answer as a result or the error that the handler raised."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from infragraph.runtime.codec import codec
from infragraph.runtime.http.texts import written
from infragraph.runtime.interface import Interface
from infragraph.sdk import errors

_ERRORS: Mapping[str, type[errors.APIError]] = {
    kind.__name__: kind
    for kind in (
        errors.InvalidArgument,
        errors.Unauthenticated,
        errors.PermissionDenied,
        errors.NotFound,
        errors.AlreadyExists,
        errors.ResourceExhausted,
        errors.Unavailable,
        errors.DeadlineExceeded,
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestParts:
    """What a call's arguments make of a request."""

    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes | None


def request_parts(interface: Interface, arguments: Mapping[str, Any]) -> RequestParts:
    """Every argument where the handler's parameter comes from; what is left out is left out."""
    path = interface.endpoint.path
    query: list[tuple[str, str]] = []
    headers: dict[str, str] = {}
    cookies: list[str] = []
    body: bytes | None = None
    for parameter in interface.parameters:
        if parameter.name not in arguments:
            continue
        value = arguments[parameter.name]
        match parameter.place:
            case "path":
                path = _filled(path, parameter.name, "".join(written(value)))
            case "query":
                query.extend((parameter.name, text) for text in written(value))
            case "header":
                headers.update({parameter.name.replace("_", "-"): it for it in written(value)})
            case "cookie":
                cookies.extend(f"{parameter.name}={quote(it)}" for it in written(value))
            case _:
                body = codec(parameter.type).encode(value)
                headers["content-type"] = "application/json"
    if cookies:
        headers["cookie"] = "; ".join(cookies)
    return RequestParts(path=path, query=query, headers=headers, body=body)


def result(interface: Interface, status: int, body: bytes) -> Any:
    """What the handler returned.

    Raises:
        APIError: what it raised, of the same class and with the same text.
    """
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's class of success
        return interface.result.decode(body, "") if interface.result and body else None
    try:
        answered = json.loads(body)
        name, message = str(answered["error"]), str(answered["message"])
    except (ValueError, KeyError, TypeError):
        name, message = "", f"{interface.node} answered with status {status}"
    raise _ERRORS.get(name, errors.APIError)(message)


def _filled(path: str, name: str, text: str) -> str:
    rest = "{" + name + ":path}"
    if rest in path:
        return path.replace(rest, quote(text, safe="/"))
    return path.replace("{" + name + "}", quote(text, safe=""))
