"""Attributes of messages that a broker does not carry."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.schemas import member_schema
from infragraph.kinds.topic import Topic
from infragraph.model.declaration import TypeFacts
from infragraph.model.source import SourceSpan
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import pubsub, sns_sqs
from infragraph.portability.limits.limit import Limit, Trait, cited
from infragraph.portability.schema import Definitions, Schema, alternatives

OURS = 2
"""The runtime's own attributes: the content's type, and where a trace goes on."""

ATTRIBUTES_IMPOSSIBLE = Problem(
    code="IG4011",
    slug="attributes-impossible",
    severity=Severity.ERROR,
    summary="the payload of {subject} has {what}, and {target} {bound}",
    why="A message with other attributes is dropped or refused when it is published.",
    help="{cure}: see {source}",
    example=Example(
        bad=application(
            "gcp",
            imports="Attribute, Service, Topic",
            fields="    id: str\n    amount: Attribute[int]\n",
            topic='Topic[«Order»]("orders")',
        ),
        good=application(
            "gcp",
            imports="Attribute, Service, Topic",
            fields="    id: str\n    amount: Attribute[str]\n",
        ),
    ),
)

PROBLEMS = (ATTRIBUTES_IMPOSSIBLE,)

_MOST: Mapping[str, Limit] = {"aws": sns_sqs.MOST_ATTRIBUTES, "gcp": pubsub.MOST_ATTRIBUTES}
_TEXTS: Mapping[str, Trait] = {
    "aws": sns_sqs.ATTRIBUTES_ARE_TEXT,
    "gcp": pubsub.ATTRIBUTES_ARE_TEXT,
}

_COMPARED: Mapping[str, str] = {
    "aws": "compares numbers to five digits alone",
    "gcp": "compares texts alone",
}


def check(judged: Judged) -> Iterator[Diagnostic]:
    for topic in judged.each(Topic):
        if topic.payload is not None:
            yield from _count_findings(judged, topic, topic.payload)
            yield from _type_findings(judged, topic, topic.payload)


def is_text(schema: Schema, definitions: Definitions) -> bool:
    """Whether its values are texts, or absent; so they may be where that is not known."""
    return all(
        one.get("type", "string") in {"string", "null"} for one in alternatives(schema, definitions)
    )


def _count_findings(judged: Judged, topic: Topic, payload: TypeFacts) -> Iterator[Diagnostic]:
    limit = _MOST.get(judged.target.name)
    if limit is None or len(payload.attributes) + OURS <= limit.value:
        return
    left = limit.value - OURS
    yield _finding(
        judged,
        topic,
        payload,
        limit,
        what=f"{len(payload.attributes)} attributes",
        bound=f"carries {left} beside the runtime's {OURS}",
        cure=f"leave {left} attributes, those that filters ask for",
    )


def _type_findings(judged: Judged, topic: Topic, payload: TypeFacts) -> Iterator[Diagnostic]:
    trait = _TEXTS.get(judged.target.name)
    others = [
        name
        for name in sorted(payload.attributes)
        if not is_text(member_schema(payload, name), payload.definitions)
    ]
    if trait is None or not others:
        return
    named = ", ".join(repr(name) for name in others)
    yield _finding(
        judged,
        topic,
        payload,
        trait,
        what=f"{named} as {'an attribute that is' if len(others) == 1 else 'attributes that are'} "
        "no text",
        bound=_COMPARED[judged.target.name],
        cure="type it as Attribute[str]",
    )


def _finding(  # noqa: PLR0913 - the parts of a sentence
    judged: Judged,
    topic: Topic,
    payload: TypeFacts,
    fact: Limit | Trait,
    *,
    what: str,
    bound: str,
    cure: str,
) -> Diagnostic:
    return ATTRIBUTES_IMPOSSIBLE.at(
        payload.span,
        labels=_definition(payload.definition),
        subject=subject("topic", topic.name),
        what=what,
        target=judged.target.title,
        bound=bound,
        cure=cure,
        source=cited(fact),
    )


def _definition(span: SourceSpan | None) -> tuple[Label, ...]:
    return () if span is None else (Label(span=span, text="the payload is defined here"),)
