"""Topics: what is read of one, and what can be wrong with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds.arguments import Arguments, bind
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.naming import subject
from infragraph.kinds.owner import service_of
from infragraph.kinds.payload import type_findings
from infragraph.kinds.service_names import ServiceName, service_names, unknown_services
from infragraph.model.declaration import Declaration, TypeFacts
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.sdk import topic as sdk

DELIVERIES = ("at-least-once", "exactly-once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Resource):
    """A topic; None is what is not known, and `publishers` or `subscribers` that are everybody."""

    payload: TypeFacts | None
    delivery: str | None
    ordering_key: str | None
    retention: float | None
    audit: bool | None
    external: bool | None
    publishers: tuple[ServiceName, ...] | None
    subscribers: tuple[ServiceName, ...] | None


def _application(topic: str) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str
    customer: str


orders = {topic}


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1", "2"))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
    }


TOPIC_WITHOUT_PAYLOAD = Problem(
    code="IG2101",
    slug="topic-without-payload",
    severity=Severity.ERROR,
    summary="{subject} does not say what it carries",
    why="The payload's type is what publishers and handlers agree on and messages are encoded by.",
    help="write the payload's type in brackets, as in Topic[Order](…)",
    example=Example(
        bad=_application('«Topic("orders")»'),
        good=_application('Topic[Order]("orders")'),
    ),
)

ORDERING_KEY_NOT_A_FIELD = Problem(
    code="IG2102",
    slug="ordering-key-not-a-field",
    severity=Severity.ERROR,
    summary="{subject} is ordered by {key!r}, which is no field of its payload",
    why="Messages are kept in order where this field has the same value, so each has to have it.",
    help="{cure}",
    example=Example(
        bad=_application('Topic[Order]("orders", ordering_key=«"client"»)'),
        good=_application('Topic[Order]("orders", ordering_key="customer")'),
    ),
)


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Topic)
    name = arguments.name()
    payload = declaration.type_argument
    delivery = arguments.choice("delivery", DELIVERIES)
    ordering_key = arguments.text("ordering_key")
    retention = arguments.duration("retention")
    audit = arguments.flag("audit")
    external = arguments.flag("external")
    publishers = arguments.read("publishers", service_names)
    subscribers = arguments.read("subscribers", service_names)
    diagnostics = (
        *arguments.findings,
        *_payload_findings(declaration, arguments),
        *_ordering_findings(payload, ordering_key, arguments),
    )
    if name is None:
        return Declared(resource=None, diagnostics=diagnostics)
    topic = Topic(
        id=f"topic:{name}",
        key=declaration.key,
        kind="topic",
        name=name,
        service=service_of(declaration, surroundings),
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        payload=payload,
        delivery=delivery,
        ordering_key=ordering_key,
        retention=retention,
        audit=audit,
        external=external,
        publishers=publishers,
        subscribers=subscribers,
    )
    return Declared(resource=topic, diagnostics=diagnostics)


def properties(topic: Topic, surroundings: Surroundings) -> Mapping[str, Property]:
    return {
        "payload": None if topic.payload is None else topic.payload.schema,
        "delivery": topic.delivery,
        "ordering_key": topic.ordering_key,
        "retention": topic.retention,
        "audit": True if surroundings.audits_all else topic.audit,
        "external": topic.external,
        "publishers": _names(topic.publishers),
        "subscribers": _names(topic.subscribers),
    }


def check(topics: Sequence[Topic], every: Mapping[str, Resource]) -> Iterator[Diagnostic]:
    """Services that may publish or subscribe, and do not exist."""
    for topic in topics:
        called = subject("topic", topic.name)
        for option, names in (
            ("publishers", topic.publishers),
            ("subscribers", topic.subscribers),
        ):
            yield from unknown_services(names or (), subject=called, option=option, every=every)


def _names(names: tuple[ServiceName, ...] | None) -> list[str] | None:
    return None if names is None else [named.name for named in names]


def _payload_findings(declaration: Declaration, arguments: Arguments) -> Iterable[Diagnostic]:
    if declaration.type_argument is None:
        return (TOPIC_WITHOUT_PAYLOAD.at(declaration.call, subject=arguments.subject),)
    return type_findings(declaration.type_argument, of=arguments.subject)


def _ordering_findings(
    payload: TypeFacts | None, key: str | None, arguments: Arguments
) -> Iterator[Diagnostic]:
    """A finding where all fields are known: a base class that was not read may have the key."""
    if key is None or payload is None or not payload.fields_are_complete or key in payload.fields:
        return
    near = nearest(key, payload.fields)
    listed = f"name {alternatives(sorted(payload.fields))}" if payload.fields else "leave it out"
    labels = (
        ()
        if payload.definition is None
        else (Label(span=payload.definition, text="the payload is defined here"),)
    )
    yield ORDERING_KEY_NOT_A_FIELD.at(
        arguments.span("ordering_key"),
        labels=labels,
        subject=arguments.subject,
        key=key,
        cure=f"write '{near}'" if near else listed,
    )


KIND = Kind(
    name="topic",
    declare=declare,
    properties=properties,
    check=check,
    problems=(TOPIC_WITHOUT_PAYLOAD, ORDERING_KEY_NOT_A_FIELD),
)
