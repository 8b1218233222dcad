"""Where a declaration may stand."""

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import noun
from infragraph.model.declaration import Declaration

DECLARATION_MISPLACED = Problem(
    code="IG2012",
    slug="declaration-misplaced",
    severity=Severity.ERROR,
    summary="this {noun} is declared in a {placement}, so that only a run tells what it declares",
    why="The graph is read from source, where what a loop or a factory declares is not written.",
    help="declare each {noun} on its own, at the top level of a module",
    example=Example(
        bad={
            "shop.py": """\
from infragraph import Bucket, Service

shop = Service("shop")


def make() -> Bucket:
    return «Bucket("uploads")»


uploads = make()


@shop.cron("tidy", every="1h")
async def tidy() -> None:
    await uploads.delete("old")
"""
        },
        good={
            "shop.py": """\
from infragraph import Bucket, Service

shop = Service("shop")

uploads = Bucket("uploads")


@shop.cron("tidy", every="1h")
async def tidy() -> None:
    await uploads.delete("old")
"""
        },
    ),
)


def placement_findings(declaration: Declaration) -> tuple[Diagnostic, ...]:
    """A finding where a declaration stands in a loop, a comprehension or a function."""
    if declaration.placement in {"module", "class"}:
        return ()
    called = noun(declaration.kind)
    return (
        DECLARATION_MISPLACED.at(declaration.call, noun=called, placement=declaration.placement),
    )
