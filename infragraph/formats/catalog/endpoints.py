"""The endpoints of a service: where each is, what it takes and what it gives."""

from collections.abc import Iterable, Iterator

from infragraph.documents.narrowing import items, mapping, text, texts
from infragraph.documents.wire_names import wire_name
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.page import Block, Cell, Code, Phrase, Text, plain, section
from infragraph.formats.catalog.schemas import of_type
from infragraph.model.graph import Node, Property

_HEADS = ("Endpoint", "Route", "Access", "Takes", "Gives", "Errors", "About")

# Parameters of the path stand in the route, and a body is the request.
_BESIDE = ("query", "header", "cookie")


def endpoints(contents: Contents, own: Iterable[Node]) -> tuple[Block, ...]:
    rows = (_row(contents, it) for it in own if it.kind == "endpoint")
    return section("Endpoints", _HEADS, tuple(rows))


def _row(contents: Contents, endpoint: Node) -> tuple[Cell, ...]:
    access, doc = text(endpoint.properties.get("access")), endpoint.doc
    return (
        ((Code(text=endpoint.name),),),
        ((Code(text=_route(endpoint)),),),
        () if access is None else plain(access),
        tuple(_taken(contents, endpoint)),
        tuple(_types(contents, endpoint.properties.get("response"))),
        tuple((Code(text=error),) for error in texts(endpoint.properties.get("errors"))),
        () if doc is None else plain(doc),
    )


def _route(endpoint: Node) -> str:
    method, path = (text(endpoint.properties.get(it)) for it in ("method", "path"))
    return " ".join(it for it in (method, path) if it) or "unknown"


def _taken(contents: Contents, endpoint: Node) -> Iterator[Phrase]:
    yield from _types(contents, endpoint.properties.get("request"))
    for one in map(mapping, items(endpoint.properties.get("parameters"))):
        place, name = text(one.get("in")), text(one.get("name"))
        if place in _BESIDE and name is not None:
            said = of_type(contents, one.get("schema"), but=frozenset())
            yield (Code(text=wire_name(name, place)), Text(text=f" ({place}): "), *said)


def _types(contents: Contents, schema: Property) -> Iterator[Phrase]:
    if schema is not None:
        yield of_type(contents, schema, but=frozenset())
