"""Subscriptions: what is read of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.kinds.arguments import Arguments, bind
from infragraph.kinds.filtering import Filter, filter_findings, read_filter
from infragraph.kinds.handlers import handler_findings
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.owner import service_of
from infragraph.kinds.readers import Argument, rejection
from infragraph.kinds.subscription_handler import consumer_findings
from infragraph.kinds.subscription_problems import (
    BACKOFF_REVERSED,
    BELOW_ONE,
    DEADLINE_TOO_SHORT,
    INBOX_NOT_A_DATABASE,
    SUBSCRIPTION_PROBLEMS,
    TOPIC_NOT_DECLARED,
)
from infragraph.kinds.topic import Topic
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.model.values import Known, Made, Reference
from infragraph.sdk import retry as sdk_retry
from infragraph.sdk import service as sdk


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often and how soon a message comes again, in deliveries and seconds."""

    max_attempts: int | None
    min_backoff: float | None
    max_backoff: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Resource):
    """A subscription; None is what is not known, and a filter or inbox that there is not."""

    topic: Topic | None
    handler: str
    concurrency: int | None
    ack_deadline: float | None
    retry: Retry | None
    retention: float | None
    filter: Filter | None
    dead_letter: bool | None
    inbox: Resource | None


UNKNOWN_TOPIC = "?"
"""Stands in a subscription's id for a topic that is not known, as no name does."""


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Service.subscribe)
    topic = _topic(arguments, surroundings)
    # Without a name it stays an entry point: its topic has a subscription, its uses an owner.
    given = None if _are_swapped(arguments) else arguments.name()
    name = given or declaration.symbol.rpartition(".")[2]
    concurrency = _at_least_one(arguments, "concurrency")
    ack_deadline = _deadline(arguments)
    retry = _retry(arguments)
    retention = arguments.duration("retention")
    wanted = arguments.read("filter", read_filter)
    dead_letter = arguments.flag("dead_letter")
    inbox = _inbox(arguments, surroundings)
    diagnostics = (
        *arguments.findings,
        *filter_findings(wanted, topic, arguments.subject),
        *(
            handler_findings(declaration, arguments.subject)
            or consumer_findings(declaration, topic, arguments.subject)
        ),
    )
    subscription = Subscription(
        id=f"subscription:{UNKNOWN_TOPIC if topic is None else topic.name}/{name}",
        key=declaration.key,
        kind="subscription",
        name=name,
        service=service_of(declaration, surroundings),
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        topic=topic,
        handler=declaration.symbol,
        concurrency=concurrency,
        ack_deadline=ack_deadline,
        retry=retry,
        retention=retention,
        filter=wanted,
        dead_letter=dead_letter,
        inbox=inbox,
    )
    return Declared(resource=subscription, diagnostics=diagnostics)


def properties(subscription: Subscription, _surroundings: Surroundings) -> Mapping[str, Property]:
    wanted = subscription.filter
    return {
        "topic": None if subscription.topic is None else subscription.topic.name,
        "handler": subscription.handler,
        "concurrency": subscription.concurrency,
        "ack_deadline": subscription.ack_deadline,
        "retry": None if subscription.retry is None else _retry_property(subscription.retry),
        "retention": subscription.retention,
        "filter": None
        if wanted is None
        else {it.attribute: list(it.values) for it in wanted.conditions},
        "dead_letter": subscription.dead_letter,
        "inbox": None if subscription.inbox is None else subscription.inbox.name,
    }


def _retry_property(retry: Retry) -> Mapping[str, Property]:
    return {
        "max_attempts": retry.max_attempts,
        "min_backoff": retry.min_backoff,
        "max_backoff": retry.max_backoff,
    }


def _topic(arguments: Arguments, surroundings: Surroundings) -> Topic | None:
    key = arguments.reference("topic", "topic", TOPIC_NOT_DECLARED)
    topic = None if key is None else surroundings.resources.get(key)
    return topic if isinstance(topic, Topic) else None


def _are_swapped(arguments: Arguments) -> bool:
    """Whether the name stands where the topic belongs, which is one mistake."""
    name, topic = (arguments.by_option.get(option) for option in ("name", "topic"))
    return (
        name is not None
        and topic is not None
        and isinstance(name.value, Reference)
        and isinstance(topic.value, Known)
    )


def _inbox(arguments: Arguments, surroundings: Surroundings) -> Resource | None:
    key = arguments.reference("inbox", "database", INBOX_NOT_A_DATABASE)
    return None if key is None else surroundings.resources.get(key)


def _at_least_one(arguments: Arguments, option: str) -> int | None:
    number = arguments.number(option)
    if number is not None and number < 1:
        arguments.findings.append(
            BELOW_ONE.at(
                arguments.span(option), subject=arguments.subject, option=option, number=number
            )
        )
    return number


def _deadline(arguments: Arguments) -> float | None:
    deadline = arguments.duration("ack_deadline")
    if deadline is not None and deadline < 1:
        span = arguments.span("ack_deadline")
        arguments.findings.append(
            DEADLINE_TOO_SHORT.at(span, subject=arguments.subject, deadline=f"{deadline:g}")
        )
    return deadline


def _retry(arguments: Arguments) -> Retry | None:
    made = arguments.read("retry", _made)
    options = None if made is None else arguments.of(made, sdk_retry.Retry)
    if options is None:
        return None
    retry = Retry(
        max_attempts=_at_least_one(options, "max_attempts"),
        min_backoff=options.duration("min_backoff"),
        max_backoff=options.duration("max_backoff"),
    )
    arguments.findings.extend(_backoff_findings(options, retry))
    return retry


def _made(argument: Argument) -> Argument:
    if not isinstance(argument.value, Made):
        raise rejection(argument, "a Retry, such as Retry(max_attempts=10)")
    return argument


def _backoff_findings(options: Arguments, retry: Retry) -> Iterator[Diagnostic]:
    """A finding at the delay that source gives, where the shortest is above the longest."""
    shortest, longest = retry.min_backoff, retry.max_backoff
    if shortest is None or longest is None or shortest <= longest:
        return
    written = [it for it in ("min_backoff", "max_backoff") if options.is_written(it)]
    labels = [Label(span=options.span(it), text=f"'{it}' is given here") for it in written[1:]]
    yield BACKOFF_REVERSED.at(
        options.span(written[0]),
        labels=tuple(label for label in labels if label.span != options.span(written[0])),
        subject=options.subject,
        shortest=f"{shortest:g}",
        longest=f"{longest:g}",
    )


KIND = Kind(
    name="subscription",
    declare=declare,
    properties=properties,
    problems=SUBSCRIPTION_PROBLEMS,
)
