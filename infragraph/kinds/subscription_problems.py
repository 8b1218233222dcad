"""What can be wrong with a subscription."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem


def _application(
    options: str = '"ship"', parameters: str = "order: Order", *, topic: str = "orders"
) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from infragraph import Attribute, Retry, Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str
    country: Attribute[str]


@dataclass(frozen=True)
class Refund:
    id: str


orders = Topic[Order]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1", "NL"))


@shop.subscribe(orders, "count")
async def count(order: Order) -> None: ...


@shop.subscribe({topic}, {options})
async def {_marked("ship", parameters)} -> None: ...
"""
    }


def _marked(name: str, parameters: str) -> str:
    """The name marked where the parameters as a whole are at fault."""
    if parameters.startswith("!"):
        return f"«{name}»({parameters[1:]})"
    return f"{name}({parameters})"


TOPIC_NOT_DECLARED = Problem(
    code="IG2201",
    slug="subscription-topic-not-declared",
    severity=Severity.ERROR,
    summary="{subject} refers to {found}, which is not a topic",
    why="Without the topic there is nothing to deliver messages from.",
    help="pass the topic itself, or import it from the module that declares it",
    example=Example(
        bad=_application(topic="«Order»"),
        good=_application(),
    ),
)

INBOX_NOT_A_DATABASE = Problem(
    code="IG2202",
    slug="inbox-not-a-database",
    severity=Severity.ERROR,
    summary="{subject} has as its inbox {found}, which is not a database",
    why="The inbox records which messages were handled, in one transaction with what they changed.",
    help="pass an SQLDatabase, or leave 'inbox' out",
    example=Example(
        bad=_application('"ship", inbox=«orders»'),
        good=_application(),
    ),
)

HANDLER_PARAMETERS = Problem(
    code="IG2203",
    slug="subscription-handler-parameters",
    severity=Severity.ERROR,
    summary="the handler of {subject} has {count}, and is called with the message alone",
    why="Every delivery would fail, and every message would end among the dead letters.",
    help="give it one parameter: the payload, or its Message",
    example=Example(
        bad=_application(parameters="!order: Order, attempt: int"),
        good=_application(),
    ),
)

HANDLER_TYPE = Problem(
    code="IG2204",
    slug="subscription-handler-type",
    severity=Severity.ERROR,
    summary="the handler of {subject} takes {found}, and its topic carries {payload}",
    why="What is delivered is the topic's payload, so the handler would be given another type.",
    help="take {payload}, Message[{payload}], or a supertype of the payload",
    example=Example(
        bad=_application(parameters="order: «Refund»"),
        good=_application(),
    ),
)

BELOW_ONE = Problem(
    code="IG2205",
    slug="number-below-one",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} is {number}, and has to be at least 1",
    why="With less than one, no message would ever be handled.",
    help="write a whole number from 1 on",
    example=Example(
        bad=_application('"ship", concurrency=«0»'),
        good=_application('"ship", concurrency=1'),
    ),
)

BACKOFF_REVERSED = Problem(
    code="IG2206",
    slug="backoff-reversed",
    severity=Severity.ERROR,
    summary="{subject} waits at least {shortest} s and at most {longest} s",
    why="The delay grows from the shortest to the longest, which has to be the larger one.",
    help="make 'min_backoff' the smaller of the two; where one is left out, its default counts",
    example=Example(
        bad=_application('"ship", retry=Retry(min_backoff=«"1h"», max_backoff="10m")'),
        good=_application('"ship", retry=Retry(min_backoff="10s", max_backoff="10m")'),
    ),
)

DEADLINE_TOO_SHORT = Problem(
    code="IG2207",
    slug="deadline-too-short",
    severity=Severity.ERROR,
    summary="{subject} has {deadline} s to acknowledge a message, less than a second",
    why="The broker would take every handler for dead, and deliver each message again and again.",
    help='write a duration from "1s" on',
    example=Example(
        bad=_application('"ship", ack_deadline=«"500ms"»'),
        good=_application('"ship", ack_deadline="5s"'),
    ),
)

FILTER_NOT_AN_ATTRIBUTE = Problem(
    code="IG2208",
    slug="filter-not-an-attribute",
    severity=Severity.ERROR,
    summary="{subject} filters by {attribute!r}, which is no attribute of its topic's payload",
    why="A broker sees the attributes alone, which travel beside the body of a message.",
    help="{cure}",
    example=Example(
        bad=_application('"ship", filter={«"id"»: "1"}'),
        good=_application('"ship", filter={"country": ("NL", "BE")}'),
    ),
)

FILTER_EMPTY = Problem(
    code="IG2209",
    slug="filter-empty",
    severity=Severity.ERROR,
    summary="{subject} filters {attribute!r} by no value at all",
    why="An attribute that has to equal one of no values never does, so nothing is delivered.",
    help="name the values that are wanted, or leave the condition out",
    example=Example(
        bad=_application('"ship", filter={«"country"»: ()}'),
        good=_application('"ship", filter={"country": ("NL",)}'),
    ),
)

FILTER_WITHOUT_CONDITION = Problem(
    code="IG2210",
    slug="filter-without-condition",
    severity=Severity.WARNING,
    summary="the filter of {subject} has no condition, so that every message passes",
    why="A filter is written to leave messages out, and this one leaves out none.",
    help="name an attribute with the values that are wanted, or leave the filter out",
    example=Example(
        bad=_application('"ship", filter=«{}»'),
        good=_application('"ship"'),
    ),
)

FILTER_VALUE = Problem(
    code="IG2211",
    slug="filter-value",
    severity=Severity.ERROR,
    summary="{subject} filters {attribute!r} by {value!r}, and its values are of type {type!r}",
    why="No message has this value there, so nothing would be delivered for it.",
    help="write a value that the attribute can have",
    example=Example(
        bad=_application('"ship", filter={"country": «31»}'),
        good=_application('"ship", filter={"country": "NL"}'),
    ),
)

SUBSCRIPTION_PROBLEMS = (
    TOPIC_NOT_DECLARED,
    INBOX_NOT_A_DATABASE,
    HANDLER_PARAMETERS,
    HANDLER_TYPE,
    BELOW_ONE,
    BACKOFF_REVERSED,
    DEADLINE_TOO_SHORT,
    FILTER_NOT_AN_ATTRIBUTE,
    FILTER_EMPTY,
    FILTER_WITHOUT_CONDITION,
    FILTER_VALUE,
)
