"""A module's name that is bound to one resource, and then to another."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.linking.checks.linked import Linked
from infragraph.model.resource import Resource

NAME_REBOUND = Problem(
    code="IG3002",
    slug="name-rebound",
    severity=Severity.ERROR,
    summary="{symbol!r} is bound to the {kind} {name!r}, after it was bound to {other}",
    why="Whoever imports the name gets the second one, also where the first was meant.",
    help="give the two names of their own",
    example=Example(
        bad={
            "shop.py": """\
from infragraph import Bucket, Service

shop = Service("shop")
files = Bucket("uploads")
«files = Bucket("exports")»


@shop.cron("tidy", every="24h")
async def tidy() -> None:
    await files.delete("old")
""",
        },
        good={
            "shop.py": """\
from infragraph import Bucket, Service

shop = Service("shop")
uploads = Bucket("uploads")
exports = Bucket("exports")


@shop.cron("tidy", every="24h")
async def tidy() -> None:
    await uploads.delete("old")
    await exports.delete("old")
""",
        },
    ),
)

PROBLEMS = (NAME_REBOUND,)

_BOUND = frozenset({"service", "topic", "database", "bucket", "secret"})


def check(linked: Linked) -> Iterator[Diagnostic]:
    for first, second in rebound(linked):
        yield NAME_REBOUND.at(
            second.span,
            labels=(Label(span=first.span, text="it is bound here first"),),
            expected="replaces it",
            symbol=second.symbol,
            kind=second.kind,
            name=second.name,
            other=f"{first.name!r}",
        )


def rebound(linked: Linked) -> Iterator[tuple[Resource, Resource]]:
    """What is replaced and by what; the names of exclusive branches are a union."""
    met = linked.machine.declared
    bound: dict[str, Resource] = {}
    for resource in sorted(linked.resources.values(), key=lambda one: one.span):
        written = met[resource.key]
        # Only an assignment binds: its place is then not that of the call.
        if resource.kind not in _BOUND or written.place == written.call:
            continue
        first = bound.get(resource.symbol)
        if (
            first is not None
            and first.id != resource.id
            and met[first.key].branch == written.branch
        ):
            yield first, resource
        bound[resource.symbol] = resource
