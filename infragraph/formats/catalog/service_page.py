"""The page of a service: what it offers, sends, receives and keeps, and who depends on it."""

from collections.abc import Iterator

from infragraph.documents.durations import duration
from infragraph.documents.narrowing import text
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.dependencies import dependencies, grouped
from infragraph.formats.catalog.endpoints import endpoints
from infragraph.formats.catalog.options import options
from infragraph.formats.catalog.page import (
    Block,
    Cell,
    Code,
    Heading,
    Page,
    Picture,
    Text,
    facts,
    plain,
    prose,
    section,
)
from infragraph.formats.catalog.schemas import of_type
from infragraph.formats.catalog.usage import how
from infragraph.model.graph import Node, Property


def service_page(contents: Contents, service: Node, *, is_drawn: bool) -> Page:
    own = tuple(it for it in contents.graph.nodes if it.service == service.name)
    needed = dependencies(contents)
    needs = grouped((it for it in needed if it.service == service.name), by_service=False)
    needing = grouped((it for it in needed if it.on == service.name), by_service=True)
    return Page(
        place=contents.places[service.id],
        noun="Service",
        name=service.name,
        blocks=(
            *prose(service.doc),
            *facts(
                ("Owner", contents.owner(service.name)),
                *options(service, but=()),
                ("Declared in", (contents.source(service.span),)),
            ),
            *(_picture(contents, service) if is_drawn else ()),
            *section("Depends on", ("Service", "How"), _rows(contents, needs)),
            *section("Depended on by", ("Service", "How"), _rows(contents, needing)),
            *endpoints(contents, own),
            *_subscriptions(contents, own),
            *_crons(contents, own),
            *_topics(contents, own),
            *_uses(contents, service, own),
        ),
    )


def _picture(contents: Contents, service: Node) -> tuple[Block, ...]:
    drawn = contents.given.others.picture("mermaid", f"service:{service.name}")
    return () if drawn is None else (Heading(text="Around it"), Picture(text=drawn))


def _rows(contents: Contents, found: tuple[tuple[str, Cell], ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(((contents.service(name),), lines) for name, lines in found)


def _subscriptions(contents: Contents, own: tuple[Node, ...]) -> tuple[Block, ...]:
    rows = tuple(
        (
            ((Code(text=it.name),),),
            ((contents.named(f"topic:{text(it.properties.get('topic')) or ''}"),),),
            _options(it, but=("topic", "handler")),
            _about(it),
        )
        for it in own
        if it.kind == "subscription"
    )
    return section("Subscriptions", ("Subscription", "Topic", "Options", "About"), rows)


def _crons(_contents: Contents, own: tuple[Node, ...]) -> tuple[Block, ...]:
    rows = tuple(
        (((Code(text=it.name),),), _schedule(it), _about(it)) for it in own if it.kind == "cron"
    )
    return section("Cron jobs", ("Cron job", "When", "About"), rows)


def _topics(contents: Contents, own: tuple[Node, ...]) -> tuple[Block, ...]:
    rows = tuple(
        (((contents.link(it),),), _type(contents, it.properties.get("payload")), _about(it))
        for it in own
        if it.kind == "topic"
    )
    return section("Topics of its own", ("Topic", "Payload", "About"), rows)


def _uses(contents: Contents, service: Node, own: tuple[Node, ...]) -> tuple[Block, ...]:
    """Whatever it does, with the places where that is written."""
    return section(
        "What it uses", ("By", "What", "How", "Where"), tuple(_used(contents, (service, *own)))
    )


def _used(contents: Contents, nodes: tuple[Node, ...]) -> Iterator[tuple[Cell, ...]]:
    for node in dict.fromkeys(it.id for it in nodes if it.kind != "topic"):
        for edge in contents.edges_from(contents.nodes[node]):
            source = contents.nodes[node]
            yield (
                ((Text(text=f"{source.kind} "), Code(text=source.name)),),
                ((contents.named(edge.target),),),
                how(edge),
                contents.evidence(edge.evidence),
            )


def _type(contents: Contents, schema: Property) -> Cell:
    return () if schema is None else (of_type(contents, schema, but=frozenset()),)


def _options(node: Node, but: tuple[str, ...]) -> Cell:
    """Each on a line of its own."""
    return tuple((*plain(f"{name}: ")[0], *value[0]) for name, value in options(node, but))


def _schedule(cron: Node) -> Cell:
    every, schedule = cron.properties.get("every"), text(cron.properties.get("schedule"))
    if isinstance(every, int | float):
        return plain(f"every {duration(every)}")
    zone = text(cron.properties.get("timezone"))
    if schedule is None:
        return plain("unknown")
    return ((Code(text=schedule), *(plain(f" in {zone}")[0] if zone else ())),)


def _about(node: Node) -> Cell:
    return () if node.doc is None else plain(node.doc)
