"""The pages of topics, stores and payload types."""

from collections.abc import Iterator

from infragraph.documents.narrowing import Object, items, mapping, text
from infragraph.documents.payloads import referred
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.options import options
from infragraph.formats.catalog.page import (
    Block,
    Cell,
    Code,
    Page,
    Text,
    facts,
    plain,
    prose,
    section,
)
from infragraph.formats.catalog.schemas import HEADS, fields, of_type
from infragraph.formats.catalog.usage import users
from infragraph.model.graph import Node, Property

_USERS = ("By", "Service", "How", "Where")


def topic_page(contents: Contents, topic: Node) -> Page:
    payload = topic.properties.get("payload")
    named = mapping(contents.graph.payloads.get(referred(mapping(payload)) or "", mapping(payload)))
    received = tuple(
        (((contents.named(edge.target),),), (contents.service(contents.service_of(edge.target)),))
        for edge in contents.edges_from(topic, "delivers")
    )
    return Page(
        place=contents.places[topic.id],
        noun="Topic",
        name=topic.name,
        blocks=(
            *prose(topic.doc),
            *facts(
                ("Service", (contents.service(topic.service),)),
                ("Owner", contents.owner(topic.service)),
                ("Payload", (of_type(contents, payload, but=frozenset()),)),
                *options(topic, but=("payload",)),
                ("Declared in", (contents.source(topic.span),)),
            ),
            *section("Payload", HEADS, tuple(fields(contents, named))),
            *section("Published by", _USERS, tuple(users(contents, topic))),
            *section("Received by", ("Subscription", "Service"), received),
        ),
    )


def store_page(contents: Contents, store: Node) -> Page:
    return Page(
        place=contents.places[store.id],
        noun=store.kind.capitalize(),
        name=store.name,
        blocks=(
            *prose(store.doc),
            *facts(
                ("Service", (contents.service(store.service),)),
                ("Owner", contents.owner(store.service)),
                *options(store, but=()),
                ("Declared in", (contents.source(store.span),)),
            ),
            *section("Used by", _USERS, tuple(users(contents, store))),
        ),
    )


def payload_page(contents: Contents, payload: str) -> Page:
    schema = contents.graph.payloads[payload]
    return Page(
        place=contents.places[f"payload:{payload}"],
        noun="Payload type",
        name=contents.types[payload],
        blocks=(
            *prose(text(schema.get("description"))),
            *facts(
                ("In the source", ((Code(text=payload),),)),
                ("Type", (of_type(contents, schema, but=_SAID),)),
            ),
            *section("Fields", HEADS, tuple(fields(contents, schema))),
            *_uses(contents, payload),
        ),
    )


def _uses(contents: Contents, payload: str) -> tuple[Block, ...]:
    rows = tuple(dict.fromkeys((*_in_nodes(contents, payload), *_in_types(contents, payload))))
    return section("Used by", ("What", "As"), rows)


def _in_nodes(contents: Contents, payload: str) -> Iterator[tuple[Cell, ...]]:
    for node in contents.graph.nodes:
        for part in ("payload", "request", "response", "parameters"):
            if any(_refers(it, payload) for it in _said(node, part)):
                yield ((Text(text=f"{node.kind} "), contents.link(node)),), plain(part)


def _said(node: Node, part: str) -> Iterator[Property]:
    """A body is the request as well, and is told as that."""
    value = node.properties.get(part)
    if part != "parameters":
        yield value
        return
    yield from (it for it in items(value) if mapping(it).get("in") != "body")


def _in_types(contents: Contents, payload: str) -> Iterator[tuple[Cell, ...]]:
    for other in sorted(contents.graph.payloads):
        if _refers(contents.graph.payloads[other], payload):
            yield ((contents.payload(other),),), plain("part of it")


def _refers(value: Property, payload: str) -> bool:
    """Anywhere in what a declaration or a schema says."""
    ahead: list[Property] = [value]
    while ahead:
        one = ahead.pop()
        if isinstance(one, str) or not one:
            continue
        members: Object = mapping(one)
        if referred(members) == payload:
            return True
        if members:
            ahead.extend(members.values())
        elif isinstance(one, list | tuple):
            ahead.extend(one)
    return False


_SAID = frozenset({"description", "properties", "required", "default"})
