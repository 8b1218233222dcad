"""Endpoints: what is read of one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.kinds.arguments import Arguments, bind
from infragraph.kinds.endpoint_parameters import Placed, Request, parameter_findings, placed
from infragraph.kinds.endpoint_problems import (
    ACCESS_WITHOUT_AUTH_HANDLER,
    ENDPOINT_NAME_MALFORMED,
    ENDPOINT_PROBLEMS,
    PATH_CONFLICT,
    PATH_MALFORMED,
    PATH_PARAMETER_TWICE,
    RAW_PARAMETERS,
    TIMEOUT_ZERO,
    WEBSOCKET_METHOD,
)
from infragraph.kinds.handlers import (
    declared_here,
    first_parameter,
    handler_findings,
    parameters_written,
    takes_one,
)
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.naming import LONGEST_NAME, proper_name, subject
from infragraph.kinds.owner import service_of
from infragraph.kinds.path import Path, PathFault, parsed
from infragraph.kinds.payload import type_findings
from infragraph.model.declaration import Declaration, Handler
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.model.source import SourceSpan
from infragraph.model.types import NONE
from infragraph.sdk import service as sdk

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
ACCESSES = ("private", "public", "auth")
UNKNOWN_SERVICE = "?"
"""Stands in an endpoint's id for a service that is not known, as no name does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Resource):
    """An endpoint; None is what is not known, and a raw one's `timeout`.

    `route` is its `path` taken apart, None where that is malformed.
    """

    method: str | None
    path: str | None
    path_span: SourceSpan
    route: Path | None
    access: str | None
    access_span: SourceSpan
    raw: bool
    tags: tuple[str, ...]
    timeout: float | None
    body_limit: int | None
    parameters: tuple[Placed, ...]
    response: Mapping[str, Property] | None
    handler: str


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    assert declaration.method is not None, "a service's method declares endpoints"
    arguments = bind(declaration, getattr(sdk.Service, declaration.method))
    is_raw = declaration.method == "raw"
    method = arguments.choice("method", METHODS) if is_raw else declaration.method.upper()
    name = _name(declaration, arguments)
    called = subject("endpoint", name)
    path = arguments.text("path")
    route = _route(path, arguments)
    handler = declaration.handler
    request = Request(
        subject=called, method=method or "", path=route, path_span=arguments.span("path")
    )
    parameters = () if is_raw or handler is None else placed(handler.parameters, request)
    service = service_of(declaration, surroundings)
    endpoint = Endpoint(
        id=f"endpoint:{UNKNOWN_SERVICE if service is None else service}/{name}",
        key=declaration.key,
        kind="endpoint",
        name=name,
        service=service,
        span=declaration.span,
        name_span=_name_span(declaration, arguments),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        method=method,
        path=path,
        path_span=arguments.span("path"),
        route=route,
        access=arguments.choice("access", ACCESSES),
        access_span=arguments.span("access"),
        raw=is_raw,
        tags=arguments.texts("tags") or (),
        timeout=_timeout(arguments, called),
        body_limit=arguments.size("body_limit"),
        parameters=parameters,
        response=None if is_raw else _response(handler),
        handler=declaration.symbol,
    )
    diagnostics = (
        *arguments.findings,
        *(
            handler_findings(declaration, called)
            or _handler_findings(declaration, endpoint, request, arguments)
        ),
    )
    return Declared(resource=endpoint, diagnostics=diagnostics)


def properties(endpoint: Endpoint, _surroundings: Surroundings) -> Mapping[str, Property]:
    """`errors` is what linking finds the handler to raise."""
    body = [it.parameter.annotation for it in endpoint.parameters if it.place == "body"]
    request = body[0] if body else None
    return {
        "method": endpoint.method,
        "path": endpoint.path,
        "access": endpoint.access,
        "raw": endpoint.raw,
        "tags": endpoint.tags,
        "timeout": endpoint.timeout,
        "body_limit": endpoint.body_limit,
        "parameters": [_parameter(it) for it in endpoint.parameters if it.place is not None],
        "request": None if request is None else request.schema,
        "response": endpoint.response,
        "errors": (),
        "handler": endpoint.handler,
    }


def check(endpoints: Sequence[Endpoint], every: Mapping[str, Resource]) -> Iterator[Diagnostic]:
    """Endpoints that answer what another answers, and those that need an auth handler in vain."""
    if not any(resource.kind == "auth_handler" for resource in every.values()):
        yield from _unauthenticated(endpoints)
    first: dict[tuple[str, tuple[str | bool, ...]], Endpoint] = {}
    for endpoint in endpoints:
        if endpoint.method is None or endpoint.route is None:
            continue
        other = first.setdefault((endpoint.method, endpoint.route.shape), endpoint)
        if other is not endpoint:
            yield PATH_CONFLICT.at(
                endpoint.path_span,
                labels=(Label(span=other.path_span, text="the other path is this"),),
                subject=subject("endpoint", endpoint.name),
                method=endpoint.method,
                path=endpoint.path,
                other=f"{subject('endpoint', other.name)} of service '{other.service}'",
            )


OTHERS_SHOWN = 3


def _unauthenticated(endpoints: Sequence[Endpoint]) -> Iterator[Diagnostic]:
    """One finding, however many endpoints wait for the auth handler that there is not."""
    waiting = [endpoint for endpoint in endpoints if endpoint.access == "auth"]
    for first in waiting[:1]:
        yield ACCESS_WITHOUT_AUTH_HANDLER.at(
            first.access_span,
            labels=tuple(
                Label(span=other.access_span, text="and this one")
                for other in waiting[1 : 1 + OTHERS_SHOWN]
            ),
            subject=subject("endpoint", first.name),
        )


def _name(declaration: Declaration, arguments: Arguments) -> str:
    """The option, which may look like a function's name or like any other; else the function's."""
    name = arguments.text("name")
    if name is None:
        return declaration.symbol.rpartition(".")[2]
    is_identifier = name.isidentifier() and name.isascii() and len(name) <= LONGEST_NAME
    if not is_identifier and not proper_name(name):
        arguments.findings.append(
            ENDPOINT_NAME_MALFORMED.at(arguments.span("name"), name=name, longest=LONGEST_NAME)
        )
    return name or declaration.symbol.rpartition(".")[2]


def _name_span(declaration: Declaration, arguments: Arguments) -> SourceSpan:
    if arguments.is_written("name") and not arguments.is_none("name"):
        return arguments.span("name")
    return declaration.span if declaration.handler is None else declaration.handler.span


def _route(path: str | None, arguments: Arguments) -> Path | None:
    if path is None:
        return None
    route = parsed(path)
    span = arguments.span("path")
    if isinstance(route, PathFault):
        arguments.findings.append(
            PATH_MALFORMED.at(span, path=path, reason=route.reason, cure=route.cure)
        )
        return None
    names = [parameter.name for parameter in route.parameters]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        arguments.findings.append(PATH_PARAMETER_TWICE.at(span, path=path, parameter=twice))
    return route


def _timeout(arguments: Arguments, called: str) -> float | None:
    timeout = arguments.duration("timeout")
    if timeout == 0:
        arguments.findings.append(TIMEOUT_ZERO.at(arguments.span("timeout"), subject=called))
    return timeout


def _response(handler: Handler | None) -> Mapping[str, Property] | None:
    if handler is None or handler.returns is None or handler.returns.type == NONE:
        return None
    return handler.returns.schema


def _handler_findings(
    declaration: Declaration, endpoint: Endpoint, request: Request, arguments: Arguments
) -> Iterable[Diagnostic]:
    handler = declaration.handler
    if handler is None:
        return ()
    if endpoint.raw:
        return _raw_findings(declaration, handler, request, arguments)
    return (
        *parameter_findings(handler, endpoint.parameters, request),
        *type_findings(handler.returns, of=f"the response of {request.subject}"),
    )


def _raw_findings(
    declaration: Declaration, handler: Handler, request: Request, arguments: Arguments
) -> Iterator[Diagnostic]:
    called = request.subject
    if not takes_one(handler):
        yield RAW_PARAMETERS.at(
            handler.span,
            labels=declared_here(declaration, called, handler),
            subject=called,
            count=parameters_written(handler),
        )
    elif _takes_websocket(handler) and request.method not in {"", "GET"}:
        yield WEBSOCKET_METHOD.at(arguments.span("method"), subject=called, method=request.method)


def _takes_websocket(handler: Handler) -> bool:
    parameter = first_parameter(handler)
    facts = None if parameter is None else parameter.annotation
    return facts is not None and any(
        fault.name.rpartition(".")[2] == "WebSocket" for fault in facts.faults
    )


def _parameter(it: Placed) -> Mapping[str, Property]:
    parameter, facts = it.parameter, it.parameter.annotation
    return {
        "name": parameter.name,
        "in": it.place,
        "schema": {} if facts is None else facts.schema,
        "required": not parameter.has_default,
        "default": parameter.default,
    }


KIND = Kind(
    name="endpoint",
    declare=declare,
    properties=properties,
    check=check,
    problems=ENDPOINT_PROBLEMS,
)
