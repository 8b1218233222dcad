import pytest

from infragraph.layout.arranging import arranged
from infragraph.layout.faults import faults
from infragraph.layout.words import printable
from infragraph.model.diagram import Diagram, Mark
from infragraph.views.data import data
from infragraph.views.events import events
from infragraph.views.scene import Scene
from infragraph.views.system import containers, system
from tests.layout.diagrams import arrow, diagram, group, shape
from tests.layout.graphs import graph
from tests.layout.graphviz import lay_out


def views(size: int, seed: int) -> list[Diagram]:
    scene = Scene(graph=graph(size, seed), owners={})
    return [
        system(scene, collapsed=()),
        system(scene, collapsed=containers(scene.graph)),
        events(scene),
        data(scene),
    ]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [3, 20, 60])
def test_nothing_stands_on_anything_up_to_60_nodes(size: int, seed: int) -> None:
    for one in views(size, seed):
        assert faults(arranged(one, lay_out)) == ()


def test_an_empty_diagram_has_an_empty_sheet() -> None:
    sheet = arranged(diagram([], []), lay_out)

    assert (sheet.cards, sheet.ways, sheet.containers) == ((), (), ())


def test_the_same_diagram_is_laid_out_the_same() -> None:
    (one, *_), (other, *_) = views(60, 1), views(60, 1)

    assert arranged(one, lay_out) == arranged(other, lay_out)


def test_what_is_written_is_that_of_the_diagram() -> None:
    sheet = arranged(
        diagram(
            [shape("a", "topic", "g", detail="Order"), shape("b", "dead-letter")],
            [arrow("a", "b", "fails", Mark.STATED), arrow("b", "a", "", Mark.CYCLE)],
            [group("g", "users\nand more", "app.users")],
        ),
        lay_out,
    )

    titles = [[line.text for line in part.lines] for part in sheet.containers]
    assert titles == [["users and more", "app.users"]]
    words = [[line.text for line in card.lines] for card in sheet.cards]
    assert words == [["topic", "a", "Order"], ["dead letter", "b"]]
    assert [[line.text for line in way.lines] for way in sheet.ways] == [
        ["fails, stated"],
        ["↻"],
    ]


def test_no_text_of_a_user_is_given_to_graphviz() -> None:
    seen: list[str] = []

    def looking(dot: str) -> str:
        seen.append(dot)
        return lay_out(dot)

    hostile = '"]; evil [label=<b>'
    arranged(
        diagram(
            [shape(hostile, group=hostile), shape("b", detail=hostile)],
            [arrow(hostile, "b", hostile)],
            [group(hostile, hostile, hostile)],
        ),
        looking,
    )

    assert "evil" not in "".join(seen)
    assert printable(hostile) == hostile
