"""Places in an answer move with the lines of a file, and nothing else does."""

from dataclasses import replace

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.frontend.likeness import Moves
from infragraph.linking.moving import moved
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Unresolved
from infragraph.model.source import SourceSpan
from tests.compiling import compiled

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


def test_every_place_in_a_graph_is_one_that_moves() -> None:
    """What says where it stands in another way would stay where it was."""
    text = """\
from infragraph import Service, Topic

app = Service("app")
events = Topic[str]("events")

@app.post("/call", access="public")
async def call(given: object) -> None:
    await events.publish("")
    given.publish("")
"""
    above = 1234
    answer = compiled({"app.py": text})
    below = compiled({"app.py": "\n" * above + text})
    lines = {line: line + above for line in range(1, 20)}

    assert moved(answer, {"app.py": Moves(lines=lines, ends={})}) == below
    assert str(above + 1)[:3] not in str(answer)
