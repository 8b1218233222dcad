"""The first page: all that there is, who depends on whom, and what is wrong or not known."""

from collections.abc import Iterable

from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.dependencies import dependencies, grouped
from infragraph.formats.catalog.findings import findings
from infragraph.formats.catalog.page import (
    INDEX,
    Block,
    Cell,
    Code,
    Page,
    Phrase,
    facts,
    plain,
    section,
)
from infragraph.formats.catalog.schemas import of_type
from infragraph.formats.catalog.usage import access


def index_page(contents: Contents) -> Page:
    blocks: tuple[Block, ...] = (
        *facts(("Owner", contents.owner(None))),
        *_services(contents),
        *_topics(contents),
        *_stores(contents),
        *_payloads(contents),
        *findings(contents),
        *_unresolved(contents),
    )
    return Page(place=INDEX, noun="Application", name=contents.graph.application, blocks=blocks)


def _services(contents: Contents) -> tuple[Block, ...]:
    needed = dependencies(contents)
    rows: list[tuple[Cell, ...]] = []
    for service in contents.of_kind("service"):
        own = (it for it in needed if it.service == service.name)
        others = (it for it in needed if it.on == service.name)
        rows.append(
            (
                ((contents.link(service),),),
                contents.owner(service.name),
                _first_line(service.doc),
                _names(contents, (name for name, _ in grouped(own, by_service=False))),
                _names(contents, (name for name, _ in grouped(others, by_service=True))),
            )
        )
    heads = ("Service", "Owner", "About", "Depends on", "Depended on by")
    return section("Services", heads, tuple(rows))


def _topics(contents: Contents) -> tuple[Block, ...]:
    rows = tuple(
        (
            ((contents.link(topic),),),
            (of_type(contents, topic.properties.get("payload"), but=frozenset()),),
            _names(contents, _services_of(contents, topic.id, is_source=False)),
            _names(contents, _services_of(contents, topic.id, is_source=True)),
        )
        for topic in contents.of_kind("topic")
    )
    return section("Topics", ("Topic", "Payload", "Published by", "Received by"), rows)


def _stores(contents: Contents) -> tuple[Block, ...]:
    rows = tuple(
        (
            ((contents.link(store),),),
            plain(store.kind),
            (contents.service(store.service),),
            tuple((*contents.service(name), *how) for name, how in access(contents, store)),
        )
        for store in contents.resources()
    )
    return section("Stores and secrets", ("Name", "Kind", "Owned by", "Used by"), rows)


def _payloads(contents: Contents) -> tuple[Block, ...]:
    rows = tuple(
        (((contents.payload(payload),),), ((Code(text=payload),),))
        for payload in sorted(contents.graph.payloads)
    )
    return section("Payload types", ("Type", "In the source"), rows)


def _unresolved(contents: Contents) -> tuple[Block, ...]:
    rows = tuple(
        (
            (contents.source(it.span),),
            ((Code(text=it.expression),),),
            plain(it.reason),
        )
        for it in contents.graph.unresolved
    )
    heads = ("Where", "Expression", "Why it may be missing above")
    return section("What could not be resolved", heads, rows)


def _services_of(contents: Contents, topic: str, *, is_source: bool) -> Iterable[str]:
    ends = (
        (edge.target if is_source else edge.source)
        for edge in contents.graph.edges
        if topic == (edge.source if is_source else edge.target)
    )
    return {name for end in ends if (name := contents.service_of(end)) is not None}


def _names(contents: Contents, services: Iterable[str]) -> Cell:
    """On lines below each other."""
    lines: list[Phrase] = [contents.service(name) for name in sorted(services)]
    return tuple(lines)


def _first_line(doc: str | None) -> Cell:
    return () if doc is None else plain(doc.partition("\n")[0])
