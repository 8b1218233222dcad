from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.model.diagram import Diagram
from infragraph.model.graph import InfraGraph
from infragraph.views.arrows import key_of
from infragraph.views.choosing import offered, view
from infragraph.views.groups import group_id
from infragraph.views.lookup import NotFound
from infragraph.views.scene import Scene
from infragraph.views.system import containers, system
from tests.hashing import outputs
from tests.views.graphs import graphs


@given(graphs(), st.integers(0, 3))
def test_every_end_of_an_arrow_is_a_shape_and_every_container_is_there(
    graph: InfraGraph, depth: int
) -> None:
    for diagram in _diagrams(graph, depth):
        shapes = [shape.id for shape in diagram.shapes]
        groups = [group.id for group in diagram.groups]

        assert len({*shapes, *groups}) == len(shapes) + len(groups)
        assert {end for arrow in diagram.arrows for end in (arrow.source, arrow.target)} <= {
            *shapes
        }
        assert {shape.group for shape in diagram.shapes} - {None} == {*groups}
        assert shapes == sorted(shapes)


@given(graphs())
def test_the_system_holds_every_node_and_every_edge(graph: InfraGraph) -> None:
    diagram = system(Scene(graph=graph, owners={}), collapsed=())

    drawn = {shape.node for shape in diagram.shapes} | {group.node for group in diagram.groups}
    assert {node.id for node in graph.nodes} <= drawn
    assert sorted(edge for arrow in diagram.arrows for edge in arrow.edges) == sorted(
        key_of(edge) for edge in graph.edges
    )


@given(graphs(), st.sets(st.sampled_from(["group:a", "group:b", "shared"])))
def test_whatever_is_collapsed_an_edge_is_on_one_arrow_or_within_one_shape(
    graph: InfraGraph, collapsed: set[str]
) -> None:
    chosen = collapsed & containers(graph)
    diagram = system(Scene(graph=graph, owners={}), collapsed=chosen)

    closed = {node.id: group_id(node) for node in graph.nodes if group_id(node) in chosen}
    within = [
        key_of(edge)
        for edge in graph.edges
        if edge.source != edge.target
        and closed.get(edge.source) is not None
        and closed.get(edge.source) == closed.get(edge.target)
    ]
    drawn = [edge for arrow in diagram.arrows for edge in arrow.edges]
    loops = [key_of(edge) for edge in graph.edges if edge.source == edge.target]
    assert sorted({*drawn, *within}) == sorted({key_of(edge) for edge in graph.edges})
    assert sorted(set(drawn) & {*within}) == []
    assert {*loops} <= {*drawn}


@pytest.mark.slow
def test_pictures_are_the_same_under_every_seed_of_hashing() -> None:
    script = (
        "from tests.views.scenes import scene_of\n"
        "from tests.model.test_queries import FILES\n"
        "from infragraph.views.choosing import offered, view\n"
        "scene = scene_of(FILES)\n"
        "print([view(scene, name, depth=2) for name in offered(scene.graph)])\n"
    )

    assert len(outputs(script)) == 1


def _diagrams(graph: InfraGraph, depth: int) -> Iterator[Diagram]:
    scene = Scene(graph=graph, owners={"a": "team"})
    yield system(scene, collapsed=containers(graph))
    for name in offered(graph):
        diagram = view(scene, name, depth=depth)
        assert not isinstance(diagram, NotFound), (name, diagram)
        yield diagram
