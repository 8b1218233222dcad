"""Two declarations of one name."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.subscription import Subscription
from infragraph.linking.checks.linked import Linked
from infragraph.model.resource import Resource

DUPLICATE_NAME = Problem(
    code="IG3001",
    slug="duplicate-name",
    severity=Severity.ERROR,
    summary="there are two {plural} called {name!r}{within}",
    why="A name is an address: what is sent to one of the two would reach either.",
    help="rename one of the two, or import the one that is meant",
    example=Example(
        bad={
            "billing.py": """\
from infragraph import Secret, Service

billing = Service("billing")
token = Secret("TOKEN")


@billing.cron("charge", every="24h")
async def charge() -> None:
    token.get()
""",
            "shipping.py": """\
from infragraph import Secret, Service

shipping = Service("shipping")
token = Secret(«"TOKEN"»)


@shipping.cron("ship", every="24h")
async def ship() -> None:
    token.get()
""",
        },
        good={
            "billing.py": """\
from infragraph import Secret, Service

billing = Service("billing")
token = Secret("BILLING_TOKEN")


@billing.cron("charge", every="24h")
async def charge() -> None:
    token.get()
""",
            "shipping.py": """\
from infragraph import Secret, Service

shipping = Service("shipping")
token = Secret("SHIPPING_TOKEN")


@shipping.cron("ship", every="24h")
async def ship() -> None:
    token.get()
""",
        },
    ),
)

PROBLEMS = (DUPLICATE_NAME,)


def check(linked: Linked) -> Iterator[Diagnostic]:
    """Every declaration but the first of each id."""
    for known, resource in duplicates(linked):
        yield DUPLICATE_NAME.at(
            resource.name_span,
            labels=(Label(span=known.name_span, text="this is the other one"),),
            expected="has the same name",
            plural=_PLURALS[resource.kind],
            name=resource.name,
            within=_within(resource),
        )


def duplicates(linked: Linked) -> Iterator[tuple[Resource, Resource]]:
    """The first of each id with each that has the same; the graph shows them as one node."""
    first: dict[str, Resource] = {}
    for resource in sorted(linked.resources.values(), key=lambda one: (one.span, one.key)):
        # Subscriptions to topics that are not known may well be to different ones.
        is_adrift = isinstance(resource, Subscription) and resource.topic is None
        if resource.kind not in _PLURALS or is_adrift:
            continue
        known = first.setdefault(resource.id, resource)
        if known is not resource and not _are_exclusive(linked, known, resource):
            yield known, resource


def _are_exclusive(linked: Linked, first: Resource, second: Resource) -> bool:
    """Whether only one of the two can ever be met, as in two branches of an `if`."""
    met = linked.machine.declared
    ways = dict(met[first.key].branch)
    return first.module == second.module and any(
        ways.get(at, arm) != arm for at, arm in met[second.key].branch
    )


def _within(resource: Resource) -> str:
    match resource.kind:
        case "endpoint":
            return f" in the service {resource.service!r}"
        case "subscription":
            return f" on the topic {resource.id.partition(':')[2].partition('/')[0]!r}"
        case _:
            return ""


_PLURALS = {
    "service": "services",
    "topic": "topics",
    "database": "databases",
    "bucket": "buckets",
    "secret": "secrets",
    "endpoint": "endpoints",
    "subscription": "subscriptions",
    "cron": "crons",
}
