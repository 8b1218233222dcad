"""Secrets: what is read of one, and the form of its name."""

import re
from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.arguments import bind
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.owner import service_of
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.sdk import secret as sdk

NAME = re.compile(r"[A-Z][A-Z0-9_]*")


def _application(name: str) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from infragraph import Secret, Service

shop = Service("shop")
key = Secret({name})


@shop.cron("pay", every="1h")
async def pay() -> None:
    print(len(key.get()))
"""
    }


SECRET_NAME_MALFORMED = Problem(
    code="IG2801",
    slug="secret-name-malformed",
    severity=Severity.ERROR,
    summary="{name!r} is not made of capital letters, digits and underscores, a letter first",
    why="A secret's value is handed to the program as an environment variable of this name.",
    help="{cure}",
    example=Example(
        bad=_application('«"stripe-key"»'),
        good=_application('"STRIPE_KEY"'),
    ),
)


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Secret)
    name = arguments.text("name")
    if name is not None and NAME.fullmatch(name) is None:
        span = arguments.span("name")
        arguments.findings.append(SECRET_NAME_MALFORMED.at(span, name=name, cure=_cure(name)))
    diagnostics = tuple(arguments.findings)
    if not name:
        return Declared(resource=None, diagnostics=diagnostics)
    secret = Resource(
        id=f"secret:{name}",
        key=declaration.key,
        kind="secret",
        name=name,
        service=service_of(declaration, surroundings),
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
    )
    return Declared(resource=secret, diagnostics=diagnostics)


def properties(_secret: Resource, _surroundings: Surroundings) -> Mapping[str, Property]:
    return {}


def _cure(name: str) -> str:
    proper = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    if NAME.fullmatch(proper) is None:
        return 'write a name such as "STRIPE_KEY"'
    return f"write '{proper}'"


KIND = Kind(
    name="secret", declare=declare, properties=properties, problems=(SECRET_NAME_MALFORMED,)
)
