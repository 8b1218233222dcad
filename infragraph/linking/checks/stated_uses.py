"""Comments that state an edge by hand."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.frontend.statics import span_of
from infragraph.frontend.steps import Stated
from infragraph.frontend.values import Place
from infragraph.linking.checks.linked import Linked
from infragraph.linking.edges import TARGETS, is_sound

_SHOP = """\
from infragraph import Secret, Service

shop = Service("shop")
token = Secret("TOKEN")


@shop.cron("pay", every="24h")
async def pay() -> None:
    token.get()
    print("paid"){comment}
"""

STATED_USE_UNKNOWN = Problem(
    code="IG3203",
    slug="stated-use-unknown",
    severity=Severity.ERROR,
    summary="this comment states {stated!r}, which is no edge of this application",
    why="The edge that is meant is not in the graph.",
    help="{cure}",
    example=Example(
        bad={"shop.py": _SHOP.format(comment="  «# infragraph: uses[reads secret:TOKENS]»")},
        good={"shop.py": _SHOP.format(comment="  # infragraph: uses[reads secret:TOKEN]")},
    ),
)

STATED_USE_LOST = Problem(
    code="IG3204",
    slug="stated-use-lost",
    severity=Severity.WARNING,
    summary="this comment states a use, and stands on no statement that runs",
    why="It reads as if it added an edge, and adds none.",
    help="put it on the line of the statement that it speaks of, or alone on the line above",
    example=Example(
        bad={
            "shop.py": _SHOP.format(comment="") + "\n\n«# infragraph: uses[reads secret:TOKEN]»\n"
        },
        good={"shop.py": _SHOP.format(comment="  # infragraph: uses[reads secret:TOKEN]")},
    ),
)

PROBLEMS = (STATED_USE_UNKNOWN, STATED_USE_LOST)


def check(linked: Linked) -> Iterator[Diagnostic]:
    ids = sorted({resource.id for resource in linked.resources.values()})
    met: set[Place] = set()
    wrong: set[tuple[Place, str]] = set()
    for used in linked.used:
        if isinstance(used.step, Stated):
            met.add(used.step.comment)
            if not is_sound(used.step, ids):
                text = f"{used.step.relation} {used.step.target}".strip()
                wrong.add((used.step.comment, text))
    for place, text in sorted(wrong):
        yield STATED_USE_UNKNOWN.at(
            span_of(place), expected="is not known", stated=text, cure=_cure(text, ids)
        )
    for module in linked.machine.program.modules.values():
        if module.is_library:
            continue
        for uses in module.uses.values():
            for place in {Place(module.path, at) for _, _, at in uses} - met:
                yield STATED_USE_LOST.at(span_of(place), expected="has no effect")


def _cure(text: str, ids: list[str]) -> str:
    relation, _, target = text.partition(" ")
    if relation not in TARGETS:
        return f"begin with {alternatives(sorted(TARGETS))}, then the node: 'reads secret:TOKEN'"
    kind = TARGETS[relation]
    near = nearest(target, [one for one in ids if one.startswith(f"{kind}:")])
    return f"write '{relation} {near}'" if near else f"name a {kind} of this application"
