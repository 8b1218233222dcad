"""Services that options name by text, so that no import cycle arises."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds import readers
from infragraph.kinds.readers import Argument
from infragraph.model.resource import Resource
from infragraph.model.source import SourceSpan
from infragraph.model.values import Items


def _application(publishers: str) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str


orders = Topic[Order]("orders", publishers={publishers})


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1"))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
    }


SERVICE_UNKNOWN = Problem(
    code="IG2015",
    slug="service-unknown",
    severity=Severity.ERROR,
    summary="{subject} names {name!r} in {option!r}, and there is no such service",
    why="A right that is given to a misspelt name is given to nobody.",
    help="{cure}",
    example=Example(
        bad=_application('("shop", «"shopp"»)'),
        good=_application('("shop",)'),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceName:
    """A service's name where an option gives it."""

    name: str
    span: SourceSpan


def service_names(argument: Argument) -> tuple[ServiceName, ...]:
    """A reader of services' names, in order."""
    names = readers.texts(argument)
    elements = argument.value.elements if isinstance(argument.value, Items) else ()
    return tuple(
        ServiceName(name=name, span=element.span)
        for name, element in zip(names, elements, strict=True)
    )


def unknown_services(
    names: Sequence[ServiceName], *, subject: str, option: str, every: Mapping[str, Resource]
) -> Iterator[Diagnostic]:
    """A finding on each name that no service of the application has."""
    known = sorted(it.name for it in every.values() if it.kind == "service") if names else []
    for named in names:
        if named.name not in known:
            near = nearest(named.name, known)
            listed = f"name {alternatives(known)}" if known else "declare the service"
            yield SERVICE_UNKNOWN.at(
                named.span,
                subject=subject,
                option=option,
                name=named.name,
                cure=f"write '{near}'" if near else listed,
            )
