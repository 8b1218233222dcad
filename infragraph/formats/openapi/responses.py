"""What a call may be answered with."""

from collections.abc import Iterable, Mapping

from infragraph.documents.narrowing import Object, texts
from infragraph.documents.payloads import changed, pointing
from infragraph.model.graph import Node, Property
from infragraph.sdk import errors


def responses(endpoint: Node, names: Mapping[str, str]) -> Object:
    """By status; errors are components, since each is the same everywhere."""
    found = {_status(it): _reference(it) for it in error_names(endpoint)}
    return {**_success(endpoint, names), **dict(sorted(found.items())), "default": _other(endpoint)}


def error_names(endpoint: Node) -> tuple[str, ...]:
    """Those that the handler raises, and that of who is not known."""
    raised = {it for it in texts(endpoint.properties.get("errors")) if it in _ERRORS}
    if endpoint.properties.get("access") == "auth":
        raised.add(errors.Unauthenticated.__name__)
    return tuple(sorted(raised))


def components(used: Iterable[str], *, is_open: bool) -> Object:
    """Errors by name, where it `is_open` with the one that stands for all others."""
    return {name: _error(name) for name in sorted({*used, *((_ANY,) if is_open else ())})}


def _success(endpoint: Node, names: Mapping[str, str]) -> Object:
    """Where the source names no result, a call may succeed in any way."""
    if endpoint.properties.get("raw") is True:
        return {}
    schema = endpoint.properties.get("response")
    if schema is None:
        return {"2XX": {"description": "Done; the source names no result."}}
    content = {"application/json": {"schema": changed(schema, pointing(names))}}
    return {"200": {"description": "The result.", "content": content}}


def _other(endpoint: Node) -> Property:
    if endpoint.properties.get("raw") is True:
        return {"description": "Whatever the handler answers, which the source does not declare."}
    return _reference(_ANY)


def _error(name: str) -> Object:
    """The body tells the class that a caller catches, and its text."""
    known = _ERRORS.get(name)
    what: Object = {"type": "string"} if known is None else {"const": name}
    schema: Object = {
        "type": "object",
        "properties": {"error": what, "message": {"type": "string"}},
        "required": ["error", "message"],
    }
    return {
        "description": _OTHER if known is None else (known.__doc__ or name).partition("\n")[0],
        "content": {"application/json": {"schema": schema}},
    }


def _status(name: str) -> str:
    return str(_ERRORS[name].status)


def _reference(name: str) -> Object:
    return {"$ref": f"#/components/responses/{name}"}


_ANY = errors.APIError.__name__
_OTHER = "Any other error."

_ERRORS: Mapping[str, type[errors.APIError]] = {
    one.__name__: one
    for one in (
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
