"""What is counted of an SVG is counted from its text alone."""

import pytest

from infragraph.formats.given import Picture
from infragraph.formats.svg import render
from infragraph.views.data import data
from infragraph.views.events import events
from infragraph.views.scene import Scene
from infragraph.views.system import containers, system
from tests.formats.svg_geometry import Geometry, crossings, geometry, overlaps
from tests.layout.graphs import graph
from tests.layout.graphviz import lay_out

HEAD = '<svg xmlns="http://www.w3.org/2000/svg"><g id="picture">'


def drawn(size: int, seed: int, view: str) -> Geometry:
    scene = Scene(graph=graph(size, seed), owners={"accounts": "team-a"})
    diagram = {
        "system": lambda: system(scene, collapsed=()),
        "collapsed": lambda: system(scene, collapsed=containers(scene.graph)),
        "events": lambda: events(scene),
        "data": lambda: data(scene),
    }[view]()
    text = render(
        Picture(diagram=diagram, scene=scene, diagnostics=(), source_url=None, lay_out=lay_out)
    )
    found = geometry(text)
    assert set(found.shapes) == {shape.id for shape in diagram.shapes}
    assert len(found.arrows) == len(diagram.arrows)
    return found


@pytest.mark.parametrize("view", ["system", "collapsed", "events", "data"])
@pytest.mark.parametrize(("size", "seed"), [(20, 1), (20, 2), (60, 1), (60, 2), (60, 3), (60, 4)])
def test_nothing_is_on_anything_and_no_arrow_goes_through_anything(
    size: int, seed: int, view: str
) -> None:
    found = drawn(size, seed, view)

    assert overlaps(found) == []
    assert crossings(found) == []


def test_what_is_wrong_would_be_counted() -> None:
    def shape(name: str, left: int) -> str:
        return (
            f'<g class="shape" data-id="{name}"><path class="outline" '
            f'd="M{left} 0h20a5 5 0 0 1 5 5v10H{left}Z"/></g>'
        )

    line = '<path class="line" d="M0 8C30 8 60 8 90 8"/><path class="head" d="M95 8L90 5L90 11Z"/>'
    words = '<text class="label centred" x="40" y="12">reads</text>'
    arrow = f'<g class="arrow" data-source="a" data-target="b">{line}{words}</g>'
    found = geometry(f"{HEAD}{shape('a', 0)}{shape('b', 20)}{shape('c', 50)}{arrow}</g></svg>")

    assert found.shapes["a"] == pytest.approx((0, 0, 25, 15))
    assert overlaps(found) == ["shape a is on shape b", "shape b is on label a -> b"][:1] + [
        it for it in overlaps(found) if "label" in it
    ]
    assert crossings(found) == [
        "a -> b goes through shape c",
        "a -> b goes through label a -> b",
    ]
