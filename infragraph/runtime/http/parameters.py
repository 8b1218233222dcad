"""A request's parts as a handler's arguments."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from infragraph.runtime.codec import DecodeError, codec
from infragraph.runtime.http.bodies import read_body
from infragraph.runtime.http.texts import convert
from infragraph.runtime.interface import Interface, Parameter
from infragraph.sdk.errors import InvalidArgument


async def arguments(request: Request, interface: Interface) -> dict[str, Any]:
    """By parameter name; what the request leaves out is left to the handler's default.

    Raises:
        InvalidArgument: a part is missing or is not what its type says; the text names it.
    """
    found: dict[str, Any] = {}
    for parameter in interface.parameters:
        if parameter.place == "body":
            body = await read_body(request, interface.body_limit)
            if body or parameter.is_required:
                found[parameter.name] = _decoded(body, parameter)
            continue
        texts = _texts(request, parameter)
        if texts:
            found[parameter.name] = _converted(texts, parameter)
        elif parameter.is_required:
            message = f"{parameter.place} parameter '{_written(parameter)}' is missing"
            raise InvalidArgument(message)
    return found


def _texts(request: Request, parameter: Parameter) -> Sequence[str]:
    name = parameter.name
    match parameter.place:
        case "path":
            return (str(request.path_params[name]),)
        case "query":
            return request.query_params.getlist(name)
        case "header":
            return request.headers.getlist(_written(parameter))
        case _:
            return (request.cookies[name],) if name in request.cookies else ()


def _written(parameter: Parameter) -> str:
    return parameter.name.replace("_", "-") if parameter.place == "header" else parameter.name


def _converted(texts: Sequence[str], parameter: Parameter) -> Any:
    given: Any = list(texts) if parameter.is_list else texts[-1]
    try:
        return convert(given, parameter.type)
    except DecodeError as error:
        message = f"{parameter.place} parameter '{_written(parameter)}': {error.reason}"
        raise InvalidArgument(message) from error


def _decoded(body: bytes, parameter: Parameter) -> Any:
    try:
        return codec(parameter.type).decode(body, "")
    except DecodeError as error:
        message = f"the body at {error.field}: {error.reason}"
        raise InvalidArgument(message) from error
