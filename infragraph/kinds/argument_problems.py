"""What can be wrong with the arguments of any declaration."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem


def _topic(options: str, before: str = "") -> dict[str, str]:
    return {
        "shop.py": f"""\
{before}from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str


orders = Topic[Order]({options})


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1"))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
    }


def _endpoint(options: str) -> dict[str, str]:
    return {
        "shop.py": f"""\
from infragraph import Service

shop = Service("shop")


@shop.get("/orders", {options})
async def list_orders() -> list[str]: ...
"""
    }


ARGUMENT_NOT_CONSTANT = Problem(
    code="IG2001",
    slug="argument-not-constant",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} cannot be told without running the program: {reason}",
    why="The graph is read from source, so what it is made of has to be written there: literals, "
    "module-level constants, enum members, f-strings, concatenations and arithmetic of those.",
    help="write {accepted}, or a constant of the application that is one",
    example=Example(
        bad=_topic('"orders", retention=«os.environ["RETENTION"]»', before="import os\n"),
        good=_topic('"orders", retention="7d"'),
    ),
)

ARGUMENT_OF_WRONG_TYPE = Problem(
    code="IG2002",
    slug="argument-of-wrong-type",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} is {found}, and has to be {accepted}",
    why="A value of another type fails when the program runs, or means what nobody intended.",
    help="write {accepted}",
    example=Example(
        bad=_topic('"orders", audit=«"yes"»'),
        good=_topic('"orders", audit=True'),
    ),
)

ARGUMENT_UNKNOWN = Problem(
    code="IG2003",
    slug="argument-unknown",
    severity=Severity.ERROR,
    summary="{subject} has no option {option!r}",
    why="The SDK's own signature does not take it: the program would stop at this line.",
    help="{cure}",
    example=Example(
        bad=_topic('"orders", «retenton»="7d"'),
        good=_topic('"orders", retention="7d"'),
    ),
)

ARGUMENT_MISSING = Problem(
    code="IG2004",
    slug="argument-missing",
    severity=Severity.ERROR,
    summary="{subject} is declared without {option!r}",
    why="The SDK's own signature asks for it: the program would stop at this line.",
    help="give {option!r} a constant value",
    example=Example(
        bad={
            "shop.py": """\
from infragraph import Service

shop = Service("shop")


@«shop.cron(every="1h")»
async def reorder() -> None: ...
"""
        },
        good={
            "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.cron("reorder", every="1h")
async def reorder() -> None: ...
"""
        },
    ),
)

ARGUMENT_SURPLUS = Problem(
    code="IG2005",
    slug="argument-surplus",
    severity=Severity.ERROR,
    summary="{subject} takes {takes} by position, and this is one more",
    why="The SDK's own signature does not take it: the program would stop at this line.",
    help="{cure}",
    example=Example(
        bad=_topic('"orders", «"exactly-once"»'),
        good=_topic('"orders", delivery="exactly-once"'),
    ),
)

ARGUMENT_GIVEN_TWICE = Problem(
    code="IG2006",
    slug="argument-given-twice",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} is given by position and by name",
    why="Only one of the two can be meant, and the program would stop where this is declared.",
    help="leave one of the two out",
    example=Example(
        bad=_topic('"orders", «name»="purchases"'),
        good=_topic('"orders"'),
    ),
)

ARGUMENTS_OPEN = Problem(
    code="IG2007",
    slug="arguments-open",
    severity=Severity.ERROR,
    summary="the arguments of {subject} are spread from something that is not a constant",
    why="What is declared has to be written in the source, and '*' or '**' hides it.",
    help="write every argument out",
    example=Example(
        bad={
            "shop.py": """\
import json

from infragraph import Service

shop = Service("shop")
options = json.loads("{}")


@«shop.get("/orders", **options)»
async def list_orders() -> list[str]: ...
"""
        },
        good=_endpoint('access="public"'),
    ),
)

ARGUMENT_NOT_A_CHOICE = Problem(
    code="IG2008",
    slug="argument-not-a-choice",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} is {chosen!r}, which is none of its values",
    why="A value that nothing knows would be a setting that silently does nothing.",
    help="{cure}",
    example=Example(
        bad=_topic('"orders", delivery=«"exactly_once"»'),
        good=_topic('"orders", delivery="exactly-once"'),
    ),
)

NAME_MALFORMED = Problem(
    code="IG2009",
    slug="name-malformed",
    severity=Severity.ERROR,
    summary="{name!r} is not made of lower case words and hyphens, at most {longest} characters",
    why="A name is used as it is in clouds and addresses, which refuse other forms much later.",
    help='write lower case letters and digits, joined by single hyphens, such as "order-placed"',
    example=Example(bad=_topic('«"Orders"»'), good=_topic('"orders"')),
)

DURATION_MALFORMED = Problem(
    code="IG2010",
    slug="duration-malformed",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} is {written}, which is no duration",
    why="A duration without a unit, or in words, is read differently by each who reads it.",
    help='write a number and one of ms, s, m, h and d, such as "30s" or "7d", or a timedelta',
    example=Example(
        bad=_topic('"orders", retention=«"7 days"»'),
        good=_topic('"orders", retention="7d"'),
    ),
)

SIZE_MALFORMED = Problem(
    code="IG2011",
    slug="size-malformed",
    severity=Severity.ERROR,
    summary="{option!r} of {subject} is {written}, which is no size",
    why="Units that some count by thousands and others by 1024 are read in two ways.",
    help='write a number and one of B, KiB, MiB and GiB, such as "2MiB", or a number of bytes',
    example=Example(
        bad=_endpoint('body_limit=«"2MB"»'),
        good=_endpoint('body_limit="2MiB"'),
    ),
)

ARGUMENT_PROBLEMS = (
    ARGUMENT_NOT_CONSTANT,
    ARGUMENT_OF_WRONG_TYPE,
    ARGUMENT_UNKNOWN,
    ARGUMENT_MISSING,
    ARGUMENT_SURPLUS,
    ARGUMENT_GIVEN_TWICE,
    ARGUMENTS_OPEN,
    ARGUMENT_NOT_A_CHOICE,
    NAME_MALFORMED,
    DURATION_MALFORMED,
    SIZE_MALFORMED,
)
