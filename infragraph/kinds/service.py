"""Services: what each owns, and what its node shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.arguments import bind
from infragraph.kinds.auth_handler import AuthHandler
from infragraph.kinds.hook import Hook
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.mount import Mount
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.sdk import service as sdk


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Resource):
    """A service; it owns `package` with all below it, or as a module alone."""

    package: str


SERVICES_OWN_ONE_PACKAGE = Problem(
    code="IG2401",
    slug="services-own-one-package",
    severity=Severity.ERROR,
    summary="service {name!r} and service {other!r} both own {package!r}",
    why="What stands in a module is built, run and given rights with the one service that owns it.",
    help="declare one of the two in the '__init__.py' of a package of its own",
    example=Example(
        bad={
            "shop/__init__.py": """\
from infragraph import Service

shop = Service("shop")
""",
            "shop/service.py": """\
from infragraph import Service

«store = Service("store")»
""",
        },
        good={
            "shop/__init__.py": """\
from infragraph import Service

shop = Service("shop")
""",
            "shop/store/service.py": """\
from infragraph import Service

store = Service("store")
""",
        },
    ),
)


def declare(declaration: Declaration, _surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Service)
    name = arguments.name()
    diagnostics = tuple(arguments.findings)
    if name is None:
        return Declared(resource=None, diagnostics=diagnostics)
    service = Service(
        id=f"service:{name}",
        key=declaration.key,
        kind="service",
        name=name,
        service=name,
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        package=owned(declaration),
    )
    return Declared(resource=service, diagnostics=diagnostics)


def owned(service: Declaration) -> str:
    """The package or module that a service owns; one called `service` stands for its package."""
    parent, _, last = service.module.rpartition(".")
    is_package = service.span.path.rpartition("/")[2] == "__init__.py"
    return parent if last == "service" and parent and not is_package else service.module


def properties(service: Service, surroundings: Surroundings) -> Mapping[str, Property]:
    attached = [it for it in surroundings.resources.values() if it.service == service.name]
    attached.sort(key=lambda resource: resource.span)
    authenticating = [it.symbol for it in attached if isinstance(it, AuthHandler)]
    hooks = [it for it in attached if isinstance(it, Hook)]
    return {
        "package": service.package,
        "auth_handler": next(iter(authenticating), None),
        "startup": [hook.symbol for hook in hooks if hook.kind == "startup"],
        "shutdown": [hook.symbol for hook in hooks if hook.kind == "shutdown"],
        "mounts": [
            {"path": it.path, "app": it.app, "module": it.module}
            for it in attached
            if isinstance(it, Mount)
        ],
    }


def check(services: Sequence[Service], _every: Mapping[str, Resource]) -> Iterator[Diagnostic]:
    """Services that own the same; two of one name are found as such, wherever they are declared."""
    owners: dict[str, Service] = {}
    for service in services:
        owner = owners.setdefault(service.package, service)
        if owner.name != service.name:
            yield SERVICES_OWN_ONE_PACKAGE.at(
                service.span,
                labels=(Label(span=owner.span, text=f"service '{owner.name}' owns it already"),),
                name=service.name,
                other=owner.name,
                package=service.package,
            )


KIND = Kind(
    name="service",
    declare=declare,
    properties=properties,
    check=check,
    problems=(SERVICES_OWN_ONE_PACKAGE,),
)
