"""A tree edited again and again, each time analyzed with what is kept, and without.

What knows nothing runs in one process, and what knows something in up to three.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from tests.incremental.command import Command, Outcome
from tests.incremental.edits import edit
from tests.incremental.growing import TREES
from tests.incremental.tree import Tree

FORMATS = (*("json",) * 6, "text", "sarif", "github")
"""What is kept of an output shows only if the next run is asked for the same format."""
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which tree, and how many edits of which seed."""

    kind: str
    seed: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was done, up to the first difference, which `wrong` tells."""

    edits: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    wrong: str = ""


def run(command: Command, plan: Plan, folder: Path, *, prelude: str) -> Run:
    """`prelude` is run before the command where it uses what is kept."""
    root = folder / "place" / "tree"
    root.parent.mkdir()
    TREES[plan.kind](root)
    tree, cache = Tree(root, plan.seed), folder / "cache"
    edits: list[str] = ["nothing: the tree as it is at first"]
    outcomes: list[Outcome] = []
    while True:
        form = tree.choice.choice(FORMATS)
        options = ("--format", form, "--jobs")
        cold = command.analyze(*options, "1", "--no-cache", within=tree.root, cache=cache)
        outcomes.append(cold)
        # The second run answers from what the first has kept.
        for _ in range(tree.choice.choice((1, 1, 2))):
            jobs = tree.choice.choice(("1", "2", "3"))
            warm = command.analyze(*options, jobs, within=tree.root, cache=cache, prelude=prelude)
            if warm != cold:
                lines = (
                    *_told(plan, edits),
                    f"with '--format {form} --jobs {jobs}'",
                    *_compared(cold, warm),
                )
                return Run(edits=tuple(edits), outcomes=tuple(outcomes), wrong="\n".join(lines))
        if len(edits) > plan.count:
            return Run(edits=tuple(edits), outcomes=tuple(outcomes))
        edits.append(edit(tree))


def _told(plan: Plan, edits: list[str]) -> Iterator[str]:
    count = len(edits) - 1
    yield f"after {count} edits, and not before, what is kept makes a difference"
    yield f"again: python -m tests.incremental.again {plan.kind} --seed {plan.seed} --count {count}"
    yield from (f"{number:4} {told}" for number, told in enumerate(edits))


def _compared(cold: Outcome, warm: Outcome) -> Iterator[str]:
    yield f"exit code {cold.code} without the cache, {warm.code} with it"
    for what, one, other in (
        ("output", cold.output, warm.output),
        ("notes", cold.notes, warm.notes),
    ):
        lines = unified_diff(
            one.splitlines(), other.splitlines(), f"{what} without", f"{what} with", lineterm=""
        )
        yield from islice(lines, _SHOWN)
