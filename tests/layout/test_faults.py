from dataclasses import replace

from infragraph.layout.arranging import arranged
from infragraph.layout.faults import Fault, Part, faults
from infragraph.layout.plane import Point
from infragraph.layout.sheet import Sheet
from tests.layout.diagrams import arrow, diagram, group, shape
from tests.layout.graphviz import lay_out

DIAGRAM = diagram(
    [shape("a", group="g"), shape("b", group="g"), shape("c")],
    [arrow("a", "b"), arrow("b", "c")],
    [group("g", "users", "app.users")],
)


def sheet() -> Sheet:
    return arranged(DIAGRAM, lay_out)


def test_what_is_laid_out_has_no_fault() -> None:
    assert faults(sheet()) == ()


def test_a_shape_on_another_and_outside_of_its_container_is_found() -> None:
    found = sheet()
    a, b, c = found.cards
    moved = replace(found, ways=(), cards=(a, b, replace(c, box=a.box)))
    strayed = replace(found, ways=(), cards=(a, replace(b, box=b.box.moved(Point(900, 0))), c))

    assert faults(moved) == (
        Fault(part=Part("shape", "a"), other=Part("shape", "c")),
        Fault(part=Part("container", "g"), other=Part("shape", "c")),
    )
    assert faults(strayed) == (Fault(part=Part("container", "g"), other=Part("shape", "b")),)


def test_an_arrow_through_a_shape_or_the_words_of_another_is_found() -> None:
    found = sheet()
    first, second = found.ways
    stolen = replace(second, arrow=arrow("c", "c"))

    wrong = faults(replace(found, ways=(first, replace(stolen, room=first.room))))

    assert Fault(part=Part("arrow", "1"), other=Part("shape", "b")) not in wrong
    assert Fault(part=Part("label", "0"), other=Part("label", "1")) in wrong
