"""A service's subscriptions to topics of the others."""

from collections.abc import Sequence
from random import Random

from benchmarks.corpus.chains import into
from benchmarks.corpus.filling import fillers
from benchmarks.corpus.library import TRAIL
from benchmarks.corpus.plan import COMMONS, Service, Topic
from benchmarks.corpus.referring import renamed
from benchmarks.corpus.written import Function, Module, Statement, Use


def handlers(service: Service, every: Sequence[Service], choice: Random) -> Module:
    """What earlier services tell is acted on, the rest is noted only, so that nothing cycles."""
    functions: list[Function] = []
    deliveries: list[str] = []
    for number, variable in enumerate(("announced", "changed", "closed"), start=1):
        other = every[(service.index - number) % len(every)]
        topic = other.topic(variable)
        acts = other.index < service.index
        functions.append(_subscription(service, other, topic, choice, acts=acts))
        deliveries.append(f"{topic.node} delivers {functions[-1].entries[0]}")
    if service.index == 0:
        functions.append(_follow_trail(service))
        deliveries.append(f"{TRAIL} delivers {functions[-1].entries[0]}")
    return Module(
        name=service.module("handlers"),
        owner=service.node,
        functions=tuple(functions),
        before=fillers(service, choice, 1),
        nodes=tuple(entry for function in functions for entry in function.entries),
        deliveries=tuple(deliveries),
    )


def _subscription(
    service: Service, other: Service, topic: Topic, choice: Random, *, acts: bool
) -> Function:
    within = service.module("handlers")
    at = choice.choice((other.package, other.module("events")))
    named = renamed(choice, within=within, module=at, name=topic.variable)
    name = f"on_{topic.variable}_of_{other.variable}"
    subscription = f"{service.name}-{topic.variable}"
    payload = f"{topic.payload}_{other.index}"
    imported = f"from {other.module('models')} import {topic.payload} as {payload}"
    is_message = choice.choice((True, False, False))
    return Function(
        name=name,
        parameters=f"event: {f'Message[{payload}]' if is_message else payload}",
        decorators=(f'{service.variable}.subscribe({named.expression}, "{subscription}")',),
        imports=(
            service.importing,
            *named.imports,
            imported,
            *((f"from {service.sdk} import Message",) if is_message else ()),
        ),
        entries=(f"subscription:{topic.name}/{subscription}",),
        body=_acting(service, choice) if acts else (_noting(service),),
    )


def _acting(service: Service, choice: Random) -> tuple[Statement, ...]:
    chain = choice.choice(("announce", "record", "keep"))
    return (
        Statement(lines=("reference = str(event)",)),
        into(service, choice, within="handlers", chain=chain),
    )


def _follow_trail(service: Service) -> Function:
    subscription = f"{service.name}-trail"
    return Function(
        name="follow_trail",
        parameters="event: Entry",
        decorators=(f'{service.variable}.subscribe(trail, "{subscription}")',),
        imports=(service.importing, f"from {COMMONS}.trail_topics import Entry, trail"),
        entries=(f"subscription:trail/{subscription}",),
        body=(_noting(service),),
    )


def _noting(service: Service) -> Statement:
    return Statement(
        lines=('await db.execute("insert into entries (reference) values ($1)", str(event))',),
        imports=(f"from {service.package} import db",),
        uses=(Use(relation="queries", target=service.database),),
    )
