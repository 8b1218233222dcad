"""Mounts: ASGI applications that a service serves below a path."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.arguments import bind
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.owner import service_of
from infragraph.kinds.readers import Argument, rejection
from infragraph.model.declaration import Declaration
from infragraph.model.resource import Resource
from infragraph.model.values import Symbol, Unknown
from infragraph.sdk import service as sdk


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount(Resource):
    """A mount; `app` is how source calls the application, None where it has no name."""

    path: str
    app: str | None


def _application(mounts: str) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from starlette.applications import Starlette

from infragraph import Service

shop = Service("shop")
admin = Starlette()

{mounts}
"""
    }


MOUNT_PATH_MALFORMED = Problem(
    code="IG2407",
    slug="mount-path-malformed",
    severity=Severity.ERROR,
    summary="an application cannot be mounted at {path!r}: {reason}",
    why="Everything below the path goes to the application, so it is compared letter by letter.",
    help='write a path such as "/admin"',
    example=Example(
        bad=_application('shop.mount(«"admin"», admin)'),
        good=_application('shop.mount("/admin", admin)'),
    ),
)

MOUNTS_OVERLAP = Problem(
    code="IG2408",
    slug="mounts-overlap",
    severity=Severity.ERROR,
    summary="what is mounted at {path!r} overlaps with what is mounted at {other!r}",
    why="A request below both paths would go to the one that happens to be asked first.",
    help="mount the two at paths of which neither begins with the other",
    example=Example(
        bad=_application('shop.mount("/admin", admin)\nshop.mount(«"/admin/users"», admin)'),
        good=_application('shop.mount("/admin", admin)\nshop.mount("/users", admin)'),
    ),
)


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Service.mount)
    path = arguments.text("path")
    app = arguments.read("app", _application_name)
    arguments.size("body_limit")
    reason = None if path is None else _fault(path)
    if reason is not None:
        span = arguments.span("path")
        arguments.findings.append(MOUNT_PATH_MALFORMED.at(span, path=path, reason=reason))
    diagnostics = tuple(arguments.findings)
    if path is None or reason is not None:
        return Declared(resource=None, diagnostics=diagnostics)
    service = service_of(declaration, surroundings)
    mount = Mount(
        id=f"mount:{service}{path}",
        key=declaration.key,
        kind="mount",
        name=path,
        service=service,
        span=declaration.span,
        name_span=arguments.span("path"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        path=path,
        app=app,
    )
    return Declared(resource=mount, diagnostics=diagnostics)


def check(mounts: Sequence[Mount], _every: Mapping[str, Resource]) -> Iterator[Diagnostic]:
    """Every mount that lies below an earlier one, or above it."""
    for position, mount in enumerate(mounts):
        for earlier in mounts[:position]:
            if _overlap(earlier.path, mount.path):
                yield MOUNTS_OVERLAP.at(
                    mount.name_span,
                    labels=(Label(span=earlier.name_span, text="the other is mounted here"),),
                    path=mount.path,
                    other=earlier.path,
                )
                break


def _application_name(argument: Argument) -> str | None:
    """What source calls an application; what makes it is a library's business."""
    value = argument.value
    if isinstance(value, Unknown):
        return value.text or None
    if not isinstance(value, Symbol) or value.kind == "module":
        raise rejection(argument, "an ASGI application")
    return value.name


FORBIDDEN = re.compile(r"[\s?#{}\\%]")


def _fault(path: str) -> str | None:
    if not path.startswith("/"):
        return "it does not begin with a slash"
    if FORBIDDEN.search(path):
        return "it contains more than names and slashes"
    segments = path.removeprefix("/").removesuffix("/").split("/")
    if path != "/" and "" in segments:
        return "it has an empty part"
    if "." in segments or ".." in segments:
        return "it climbs"
    return None


def _overlap(one: str, other: str) -> bool:
    shorter, longer = sorted((f"{one.rstrip('/')}/", f"{other.rstrip('/')}/"), key=len)
    return longer.startswith(shorter)


KIND = Kind(
    name="mount",
    declare=declare,
    properties=None,
    check=check,
    problems=(MOUNT_PATH_MALFORMED, MOUNTS_OVERLAP),
)
