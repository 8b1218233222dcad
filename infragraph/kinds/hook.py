"""Lifecycle hooks: what a service runs before its first request and after its last."""

from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.handlers import declared_here, handler_findings, required
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.naming import noun
from infragraph.kinds.owner import service_of
from infragraph.kinds.placement import placement_findings
from infragraph.model.declaration import Declaration
from infragraph.model.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook(Resource):
    """A function that runs when a service starts or stops; its kind says which."""


HOOK_WITH_PARAMETERS = Problem(
    code="IG2402",
    slug="hook-with-parameters",
    severity=Severity.ERROR,
    summary="{subject} has the parameter {parameter!r}, and hooks are called without arguments",
    why="The service would stop at once, since nobody knows what to pass.",
    help="remove the parameter, or give it a default",
    example=Example(
        bad={
            "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.on_startup
async def warm(«cache: dict[str, str]») -> None: ...
"""
        },
        good={
            "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.on_startup
async def warm() -> None: ...
"""
        },
    ),
)


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    name = declaration.symbol.rpartition(".")[2]
    called = f"{noun(declaration.kind)} {name!r}"
    service = service_of(declaration, surroundings)
    diagnostics = (
        *placement_findings(declaration),
        *handler_findings(declaration, called),
        *_parameter_findings(declaration, called),
    )
    hook = Hook(
        id=f"{declaration.kind}:{service}/{declaration.symbol}",
        key=declaration.key,
        kind=declaration.kind,
        name=name,
        service=service,
        span=declaration.span,
        name_span=declaration.span,
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
    )
    return Declared(resource=hook, diagnostics=diagnostics)


def _parameter_findings(declaration: Declaration, called: str) -> Iterator[Diagnostic]:
    if declaration.handler is None:
        return
    for parameter in required(declaration.handler):
        yield HOOK_WITH_PARAMETERS.at(
            parameter.span,
            labels=declared_here(declaration, called, declaration.handler),
            subject=called,
            parameter=parameter.name,
        )
        return  # Of several it is the same mistake.


STARTUP = Kind(name="startup", declare=declare, properties=None, problems=(HOOK_WITH_PARAMETERS,))

SHUTDOWN = Kind(name="shutdown", declare=declare, properties=None, problems=())
