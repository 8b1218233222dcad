"""Places in an answer move with the lines of a file, and nothing else does."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.frontend.moves import Moves
from infragraph.linking.moving import moved
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Unresolved
from infragraph.model.source import SourceSpan
from infragraph.usecases.problems import ALL_PROBLEMS
from tests.compiling import compiled
from tests.examples import unmarked

FIXTURES = Path(__file__).parents[2] / "fixtures" / "shop"

MOVES = Moves(lines={1: 1, 5: 6, 9: 12}, ends={(9, 20): (12, 25)})


def span(line: int, end: tuple[int, int], path: str = "shop.py") -> SourceSpan:
    return SourceSpan(path=path, line=line, column=3, end_line=end[0], end_column=end[1])


def graph(first: SourceSpan, second: SourceSpan, third: SourceSpan) -> InfraGraph:
    return InfraGraph(
        application="shop",
        nodes=(
            Node(
                id="topic:orders",
                kind="topic",
                name="orders",
                service=None,
                doc="line 5",
                symbol="shop.orders",
                span=first,
                properties={"lines": (5, 9)},
            ),
        ),
        edges=(
            Edge(
                source="cron:a",
                relation="publishes",
                target="topic:orders",
                properties={},
                evidence=(Evidence(span=second, via=("shop.a",)), Evidence(span=third, via=())),
            ),
        ),
        payloads={},
        unresolved=(Unresolved(span=third, expression="x", reason="5"),),
    )


def finding(at: SourceSpan, label: SourceSpan) -> Diagnostic:
    return Diagnostic(
        code="IG1",
        slug="any",
        severity=Severity.ERROR,
        message="line 5",
        span=at,
        labels=(Label(span=label, text="5"),),
    )


OTHER = span(5, (5, 8), "other.py")
BEFORE = (graph(span(5, (5, 8)), span(1, (9, 20)), OTHER), (finding(OTHER, span(5, (9, 7))),))
AFTER = (graph(span(6, (6, 8)), span(1, (12, 25)), OTHER), (finding(OTHER, span(6, (12, 7))),))


def test_places_of_the_file_are_where_its_lines_are() -> None:
    assert moved(BEFORE, {"shop.py": MOVES}) == AFTER


def test_a_place_in_a_line_that_is_not_known_leaves_no_answer() -> None:
    unknown = replace(BEFORE[1][0], span=span(7, (7, 8)))

    assert moved((BEFORE[0], (unknown,)), {"shop.py": MOVES}) is None


def test_a_cause_with_a_place_of_the_file_leaves_no_answer() -> None:
    caused = replace(BEFORE[1][0], cause="any shop.py:5:3")

    assert moved((BEFORE[0], (caused,)), {"shop.py": MOVES}) is None
    assert moved((BEFORE[0], (caused,)), {"other.py": Moves(lines={5: 5}, ends={})}) is not None


SHOP = {
    path.relative_to(FIXTURES).as_posix(): path.read_text("utf-8")
    for path in sorted(FIXTURES.rglob("*"))
    if path.suffix in {".py", ".sql"}
}
APPLICATIONS = {
    "shop": SHOP,
    **{
        problem.code: unmarked(problem.example.bad).files
        for problem in ALL_PROBLEMS
        # What is wrong with a file as a whole is told of its first line.
        if problem.example.bad and not problem.code.startswith("IG10")
    },
}


@pytest.mark.parametrize("files", APPLICATIONS.values(), ids=APPLICATIONS)
def test_lines_above_a_file_change_nothing_but_places(files: Mapping[str, str]) -> None:
    """A text that tells a line would stay what it was, and an order of texts would change."""
    paths = [path for path in files if path.endswith(".py")]
    above = {path: (8, 93, 990)[number % 3] + number for number, path in enumerate(paths)}
    below = {path: "\n" * above.get(path, 0) + text for path, text in files.items()}
    moves = {
        path: Moves(lines={line: line + more for line in range(1, 1000)}, ends={})
        for path, more in above.items()
    }
    graph, findings = compiled(files)
    # Of what findings have for a cause nothing is shown.
    answer = graph, tuple(replace(finding, cause="") for finding in findings)
    graph_below, findings_below = compiled(below)

    assert moved(answer, moves) == (
        graph_below,
        tuple(replace(finding, cause="") for finding in findings_below),
    )
