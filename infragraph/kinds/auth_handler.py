"""Auth handlers: who finds out who is calling."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.handlers import (
    declared_here,
    handler_findings,
    parameters_written,
    takes_one,
)
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.naming import subject
from infragraph.kinds.owner import service_of
from infragraph.kinds.payload import type_findings
from infragraph.kinds.placement import placement_findings
from infragraph.model.declaration import Declaration, Handler, TypeFacts
from infragraph.model.resource import Resource
from infragraph.model.types import ScalarType


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthHandler(Resource):
    """An auth handler; `identity` is what it returns, None where that is not written."""

    identity: TypeFacts | None


def _application(handler: str) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from starlette.requests import Request

from infragraph import Service

shop = Service("shop")


@dataclass(frozen=True)
class Identity:
    user_id: str


{handler}

@shop.get("/orders", access="auth")
async def list_orders() -> list[str]: ...
"""
    }


_GOOD = _application("""\
@shop.auth_handler
async def authenticate(request: Request) -> Identity: ...
""")

AUTH_HANDLER_TWICE = Problem(
    code="IG2403",
    slug="auth-handler-twice",
    severity=Severity.ERROR,
    summary="{subject} is a second auth handler, beside {other!r}",
    why="An identity travels through the whole application, so one function decides what it is.",
    help="keep one, and let it tell the ways of signing in apart",
    example=Example(
        bad=_application("""\
@shop.auth_handler
async def authenticate(request: Request) -> Identity: ...


@«shop.auth_handler»
async def authenticate_by_key(request: Request) -> Identity: ...
"""),
        good=_GOOD,
    ),
)

AUTH_HANDLER_PARAMETERS = Problem(
    code="IG2404",
    slug="auth-handler-parameters",
    severity=Severity.ERROR,
    summary="{subject} has {count}, and is called with the request alone",
    why="Whoever calls it has nothing else to pass, so that every request would fail.",
    help="give it one parameter, Starlette's 'Request'",
    example=Example(
        bad=_application("""\
@shop.auth_handler
async def «authenticate»(request: Request, token: str) -> Identity: ...
"""),
        good=_GOOD,
    ),
)

AUTH_HANDLER_WITHOUT_IDENTITY = Problem(
    code="IG2405",
    slug="auth-handler-without-identity",
    severity=Severity.ERROR,
    summary="{subject} does not say what identity it returns",
    why="The identity travels, signed, with every call, so its type has to be known.",
    help="write the identity's type behind '->', such as a dataclass",
    example=Example(
        bad=_application("""\
@shop.auth_handler
async def «authenticate»(request: Request): ...
"""),
        good=_GOOD,
    ),
)

AUTH_HANDLER_NOT_ASYNC = Problem(
    code="IG2406",
    slug="auth-handler-not-async",
    severity=Severity.ERROR,
    summary="{subject} is not an 'async def'",
    why="What it returns is awaited before every request that needs to know its caller.",
    help="write 'async def'",
    example=Example(
        bad=_application("""\
@shop.auth_handler
def «authenticate»(request: Request) -> Identity: ...
"""),
        good=_GOOD,
    ),
)


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    name = declaration.symbol.rpartition(".")[2]
    called = subject("auth_handler", name)
    service = service_of(declaration, surroundings)
    handler = declaration.handler
    diagnostics = (
        *placement_findings(declaration),
        *(handler_findings(declaration, called) or _shape_findings(declaration, called)),
    )
    auth_handler = AuthHandler(
        id=f"auth_handler:{service}/{name}",
        key=declaration.key,
        kind="auth_handler",
        name=name,
        service=service,
        span=declaration.span,
        name_span=declaration.span,
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        identity=None if handler is None else handler.returns,
    )
    return Declared(resource=auth_handler, diagnostics=diagnostics)


def check(handlers: Sequence[AuthHandler], _every: Mapping[str, Resource]) -> Iterator[Diagnostic]:
    """All auth handlers of the application but the first."""
    for second in handlers[1:]:
        first = handlers[0]
        yield AUTH_HANDLER_TWICE.at(
            second.span,
            labels=(Label(span=first.span, text="the first auth handler is declared here"),),
            subject=f"'{second.name}'",
            other=first.name,
        )


def _shape_findings(declaration: Declaration, called: str) -> Iterator[Diagnostic]:
    handler = declaration.handler
    if handler is None:
        return
    labels = declared_here(declaration, called, handler)
    if not handler.is_async:
        yield AUTH_HANDLER_NOT_ASYNC.at(handler.span, labels=labels, subject=called)
    if not takes_one(handler):
        count = parameters_written(handler)
        yield AUTH_HANDLER_PARAMETERS.at(handler.span, labels=labels, subject=called, count=count)
    if _has_no_identity(handler):
        yield AUTH_HANDLER_WITHOUT_IDENTITY.at(handler.span, labels=labels, subject=called)
    yield from type_findings(handler.returns, of=called)


def _has_no_identity(handler: Handler) -> bool:
    return handler.returns is None or handler.returns.type == ScalarType(name="None")


KIND = Kind(
    name="auth_handler",
    declare=declare,
    properties=None,
    check=check,
    problems=(
        AUTH_HANDLER_TWICE,
        AUTH_HANDLER_PARAMETERS,
        AUTH_HANDLER_WITHOUT_IDENTITY,
        AUTH_HANDLER_NOT_ASYNC,
    ),
)
