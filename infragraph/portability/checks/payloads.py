"""Payloads that are larger than a message, or that grow on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Subscription
from infragraph.kinds.topic import Topic
from infragraph.model.declaration import TypeFacts
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import nats, nsq, pubsub, sns_sqs
from infragraph.portability.limits.limit import Limit, cited, shown, size
from infragraph.portability.schema import is_binary, is_unbounded, largest, walked
from infragraph.portability.targets import AWS

_NEEDS = "from typing import Annotated\n\nfrom annotated_types import MaxLen\n"

PAYLOAD_TOO_LARGE = Problem(
    code="IG4009",
    slug="payload-too-large",
    severity=Severity.WARNING,
    summary="a message of {subject} may have {size}, and {target} carries {limit}",
    why="A message that is too large is refused when it is published, and not before.",
    help="{cure}: see {source}",
    example=Example(
        bad=application(
            "gcp",
            needs=_NEEDS,
            fields="    id: str\n    scan: Annotated[str, MaxLen(20_000_000)]\n",
            topic='Topic[«Order»]("orders")',
        ),
        good=application(
            "gcp",
            needs=_NEEDS,
            fields="    id: str\n    scan: Annotated[str, MaxLen(200_000)]\n",
        ),
    ),
)

PAYLOAD_UNBOUNDED = Problem(
    code="IG4019",
    slug="payload-unbounded",
    severity=Severity.INFO,
    summary="a message of {subject} may be as large as its {fields}, and {target} carries {limit}",
    why="Nothing tells before a message is published that it is too large.",
    help="bound it, as in Annotated[list[Line], MaxLen(100)], or send a reference to a bucket: see "
    "{source}",
    example=Example(
        bad=application(
            "gcp",
            fields="    id: str\n    lines: list[str]\n",
            topic='Topic[«Order»]("orders")',
        ),
        good=application(
            "gcp",
            needs=_NEEDS,
            fields="    id: str\n    lines: Annotated[list[str], MaxLen(100)]\n",
        ),
    ),
)

PAYLOAD_BINARY = Problem(
    code="IG4030",
    slug="payload-binary",
    severity=Severity.INFO,
    summary="a message of {subject} holds bytes in {fields}, which {target} carries as text, and "
    "{limit} of that",
    why="Bytes as base64 are a third larger, and it is the text that is measured.",
    help="expect it, or send a reference to a bucket: {says}, see {source}",
    example=Example(
        bad=application(
            "aws",
            fields="    id: str\n    scan: bytes\n",
            topic='Topic[«Order»]("orders")',
        ),
        good=application("gcp", fields="    id: str\n    scan: str\n"),
    ),
)

PROBLEMS = (PAYLOAD_TOO_LARGE, PAYLOAD_UNBOUNDED, PAYLOAD_BINARY)

SHOWN = 3
"""Fields that a message lists."""

_LARGEST: Mapping[str, Limit] = {
    "aws": sns_sqs.DEFAULT_MESSAGE_SIZE,
    "gcp": pubsub.LARGEST_MESSAGE,
    "nats": nats.LARGEST_MESSAGE,
    "nsq": nsq.LARGEST_MESSAGE,
}


def check(judged: Judged) -> Iterator[Diagnostic]:
    subscriptions = Counter(
        one.topic.id for one in judged.each(Subscription) if one.topic is not None
    )
    for topic in judged.each(Topic):
        if topic.payload is None:
            continue
        found = tuple(_size_findings(judged, topic, topic.payload, subscriptions[topic.id]))
        yield from found or _unbounded_findings(judged, topic, topic.payload)


def _size_findings(
    judged: Judged, topic: Topic, payload: TypeFacts, subscriptions: int
) -> Iterator[Diagnostic]:
    limit = _LARGEST[judged.target.name]
    bytes_ = largest(payload.schema, payload.definitions)
    if bytes_ <= limit.value:
        return
    cure = "bound it by less, or send a reference to a bucket"
    carried = shown(limit)
    if judged.target == AWS and bytes_ > sns_sqs.LARGEST_MESSAGE.value:
        limit = sns_sqs.LARGEST_MESSAGE
        carried = shown(limit)
    elif judged.target == AWS and subscriptions > sns_sqs.SUBSCRIPTIONS_OF_LARGE_MESSAGES.value:
        limit = sns_sqs.SUBSCRIPTIONS_OF_LARGE_MESSAGES
        carried += f" to more than {shown(limit)}"
    elif limit.setting:
        cure += f", or raise '{limit.setting}'"
    yield PAYLOAD_TOO_LARGE.at(
        payload.span,
        labels=_definition(payload),
        subject=subject("topic", topic.name),
        size=size(bytes_),
        target=judged.target.title,
        limit=carried,
        cure=cure,
        source=cited(limit),
    )


def _unbounded_findings(judged: Judged, topic: Topic, payload: TypeFacts) -> Iterator[Diagnostic]:
    limit = _LARGEST[judged.target.name]
    parts = tuple(walked(payload.schema, payload.definitions))
    binary = {path for path, part in parts if is_binary(part)}
    unbounded = {path for path, part in parts if is_unbounded(part)}
    if judged.target == AWS and binary:
        yield PAYLOAD_BINARY.at(
            payload.span,
            labels=_definition(payload),
            subject=subject("topic", topic.name),
            fields=_named(binary),
            target=judged.target.title,
            limit=shown(limit),
            says=sns_sqs.BINARY.says,
            source=cited(sns_sqs.BINARY),
        )
    else:
        unbounded |= binary
    if unbounded:
        yield PAYLOAD_UNBOUNDED.at(
            payload.span,
            labels=_definition(payload),
            subject=subject("topic", topic.name),
            fields=_named(unbounded),
            target=judged.target.title,
            limit=shown(limit),
            source=cited(limit),
        )


def _named(paths: Iterable[str]) -> str:
    """The first fields as messages list them; the whole payload has no path."""
    named = [repr(path) if path else "whole" for path in sorted(paths)]
    more = len(named) - SHOWN
    return ", ".join(named[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _definition(payload: TypeFacts) -> tuple[Label, ...]:
    if payload.definition is None:
        return ()
    return (Label(span=payload.definition, text="the payload is defined here"),)
