"""Filters that a broker cannot apply."""

from collections import Counter
from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.filtering import Condition, Filter
from infragraph.kinds.naming import subject
from infragraph.kinds.schemas import may_be, member_schema
from infragraph.kinds.subscription import Subscription
from infragraph.model.source import SourceSpan
from infragraph.portability.checks.attributes import is_text
from infragraph.portability.checks.example import application
from infragraph.portability.filters import combinations, pubsub_filter
from infragraph.portability.judged import Judged
from infragraph.portability.limits import pubsub, sns_sqs
from infragraph.portability.limits.limit import Limit, Trait, cited, shown
from infragraph.portability.schema import Definitions, Schema
from infragraph.portability.targets import AWS, GCP


def _filtered(wanted: str) -> str:
    return f'shop.subscribe(orders, "ship", filter={wanted})'


_FIELDS = "    id: str\n    country: Attribute[str]\n"
_IMPORTS = "Attribute, Service, Topic"
_MANY = ", ".join(f'"country-{number}"' for number in range(1, 9))

FILTER_IMPOSSIBLE = Problem(
    code="IG4010",
    slug="filter-impossible",
    severity=Severity.ERROR,
    summary="{subject} has a filter {what}, and {target} {bound}",
    why="The broker refuses the filter, so that the subscription cannot be made.",
    help="{cure}: see {source}",
    example=Example(
        bad=application(
            "gcp",
            imports=_IMPORTS,
            fields=_FIELDS,
            subscription=_filtered(f'«{{"country": ({_MANY})}}»'),
        ),
        good=application(
            "gcp",
            imports=_IMPORTS,
            fields=_FIELDS,
            subscription=_filtered('{"country": ("NL", "BE")}'),
        ),
    ),
)

PROBLEMS = (FILTER_IMPOSSIBLE,)


def check(judged: Judged) -> Iterator[Diagnostic]:
    filtered: Counter[str] = Counter()
    for subscription in judged.each(Subscription):
        wanted = subscription.filter
        if wanted is None or not wanted.conditions:
            continue
        if judged.target == GCP:
            yield from _pubsub_findings(judged, subscription, wanted)
        elif judged.target == AWS:
            topic = "" if subscription.topic is None else subscription.topic.id
            filtered[topic] += 1
            yield from _sns_findings(judged, subscription, wanted, filtered[topic])


def _pubsub_findings(
    judged: Judged, subscription: Subscription, wanted: Filter
) -> Iterator[Diagnostic]:
    number = next(filter(None, (_number(one, subscription) for one in wanted.conditions)), None)
    if number is not None:
        yield _finding(
            judged,
            subscription,
            number,
            pubsub.FILTERS_ARE_TEXT,
            what="that compares a number",
            bound="compares texts alone",
            cure="type the attribute as Attribute[str], and write a text",
        )
        return
    limit = pubsub.LONGEST_FILTER
    length = len(pubsub_filter(_conditions(wanted)).encode(errors="surrogatepass"))
    if length > limit.value:
        yield _finding(
            judged,
            subscription,
            wanted.span,
            limit,
            what=f"of {length} bytes",
            bound=f"takes {shown(limit)}",
            cure="ask for fewer constants, or filter on an attribute that stands for several",
        )


def _sns_findings(
    judged: Judged, subscription: Subscription, wanted: Filter, number: int
) -> Iterator[Diagnostic]:
    keys, product = sns_sqs.MOST_FILTER_KEYS, sns_sqs.MOST_FILTER_COMBINATIONS
    most, count = sns_sqs.MOST_FILTERS, combinations(_conditions(wanted))
    if len(wanted.conditions) > keys.value:
        yield _finding(
            judged,
            subscription,
            wanted.span,
            keys,
            what=f"on {len(wanted.conditions)} attributes",
            bound=f"takes {shown(keys)}",
            cure="filter on fewer attributes",
        )
    elif count > product.value:
        yield _finding(
            judged,
            subscription,
            wanted.span,
            product,
            what=f"of {count} combinations",
            bound=f"takes {shown(product)}",
            cure="ask for fewer constants",
        )
    elif number == most.value + 1:
        yield _finding(
            judged,
            subscription,
            wanted.span,
            most,
            what=f"that is the {number}st of its topic",
            bound=f"takes {shown(most)} a topic",
            cure=f"filter in the handler, or raise {most.setting}",
        )


def _number(condition: Condition, subscription: Subscription) -> SourceSpan | None:
    """Where a number stands; none where the type is at fault, or never has it: that is told."""
    topic = subscription.topic
    payload = None if topic is None else topic.payload
    schema: Schema = {} if payload is None else member_schema(payload, condition.attribute)
    definitions: Definitions = {} if payload is None else payload.definitions
    if not is_text(schema, definitions):
        return None
    for value, span in zip(condition.values, condition.places, strict=True):
        if isinstance(value, int) and may_be(value, schema, definitions):
            return span
    return None


def _conditions(wanted: Filter) -> dict[str, tuple[str | int, ...]]:
    return {one.attribute: one.values for one in wanted.conditions}


def _finding(  # noqa: PLR0913 - the parts of a sentence
    judged: Judged,
    subscription: Subscription,
    span: SourceSpan,
    fact: Limit | Trait,
    *,
    what: str,
    bound: str,
    cure: str,
) -> Diagnostic:
    return FILTER_IMPOSSIBLE.at(
        span,
        subject=subject("subscription", subscription.name),
        what=what,
        target=judged.target.title,
        bound=bound,
        cure=cure,
        source=cited(fact),
    )
