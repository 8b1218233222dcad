"""A request's parts as a handler's arguments, by readers that are made once for each endpoint."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.types import Receive, Scope

from infragraph.runtime.codec import DecodeError, codec
from infragraph.runtime.http.bodies import read_body
from infragraph.runtime.http.headers import LENGTH
from infragraph.runtime.http.texts import convert
from infragraph.runtime.interface import Interface, Parameter
from infragraph.sdk.errors import InvalidArgument

Values = Sequence[str]
"""The values of a path's parameters, in the order of the path."""


class Arguments:
    """Makes the arguments of one endpoint's handler; what a request leaves out is left out.

    Raises:
        TypeError: nothing can carry what the body's parameter is typed as.
    """

    __slots__ = ("_bodies", "_limit", "_queries", "_texts")

    def __init__(self, interface: Interface) -> None:
        names = path_names(interface.endpoint.path)
        self._limit = interface.body_limit
        self._bodies = [
            (it, codec(it.type).decode) for it in interface.parameters if it.place == "body"
        ]
        self._queries = [it for it in interface.parameters if it.place == "query"]
        self._texts = [
            (it, _source(it, names))
            for it in interface.parameters
            if it.place not in ("body", "query")
        ]

    async def read(
        self, scope: Scope, receive: Receive, said: Mapping[str, str], values: Values
    ) -> dict[str, Any]:
        """By parameter name; `values` are those of the path, `said` is what `spoken` gives.

        Raises:
            InvalidArgument: a part is missing or is not what its type says; the text names it.
            BodyTooLarge, ClientDisconnect: as `read_body`.
        """
        found: dict[str, Any] = {}
        for parameter, source in self._texts:
            _put(found, parameter, source(scope, values))
        if self._queries:
            query = scope["query_string"]
            given = parse_qs(query.decode("latin-1"), keep_blank_values=True) if query else {}
            for parameter in self._queries:
                _put(found, parameter, given.get(parameter.name, ()))
        for parameter, decode in self._bodies:
            body = await read_body(receive, said.get(LENGTH), self._limit)
            if body or parameter.is_required:
                found[parameter.name] = _decoded(body, decode)
        return found


def path_names(path: str) -> list[str]:
    """The names of a path's parameters."""
    parts = [part for part in path.split("/") if part.startswith("{")]
    return [part[1:-1].removesuffix(":path") for part in parts]


def _source(parameter: Parameter, names: Sequence[str]) -> Callable[[Scope, Values], Values]:
    """Where the texts of a parameter are in a request."""
    name = parameter.name
    match parameter.place:
        case "path":
            at = names.index(name)
            return lambda _scope, values: values[at : at + 1]
        case "header":
            header = _written(parameter).lower().encode()
            return lambda scope, _values: [
                it.decode("latin-1") for sent, it in scope["headers"] if sent == header
            ]
        case _:
            return lambda scope, _values: _cookie(scope, name)


def _cookie(scope: Scope, name: str) -> Values:
    cookies = Request(scope).cookies
    return (cookies[name],) if name in cookies else ()


def _put(found: dict[str, Any], parameter: Parameter, texts: Values) -> None:
    if texts:
        found[parameter.name] = _converted(texts, parameter)
    elif parameter.is_required:
        message = f"{parameter.place} parameter '{_written(parameter)}' is missing"
        raise InvalidArgument(message)


def _written(parameter: Parameter) -> str:
    return parameter.name.replace("_", "-") if parameter.place == "header" else parameter.name


def _converted(texts: Values, parameter: Parameter) -> Any:
    given: Any = list(texts) if parameter.is_list else texts[-1]
    try:
        return convert(given, parameter.type)
    except DecodeError as error:
        message = f"{parameter.place} parameter '{_written(parameter)}': {error.reason}"
        raise InvalidArgument(message) from error


def _decoded(body: bytes, decode: Callable[[bytes, str], Any]) -> Any:
    try:
        return decode(body, "")
    except DecodeError as error:
        message = f"the body at {error.field}: {error.reason}"
        raise InvalidArgument(message) from error
