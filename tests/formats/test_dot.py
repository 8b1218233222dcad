import html
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pydot
import pytest
from hypothesis import given, settings

from infragraph.formats.dot import OUTLINES
from infragraph.model.diagram import Diagram
from infragraph.views.legend import KINDS
from infragraph.views.writable import writable
from infragraph.views.written import words
from tests.formats.applications import FOLDERS
from tests.formats.pictures import scene_of
from tests.formats.strange import HOSTILE, LISTS, label, picture_of
from tests.formats.texts import SAMPLE, diagrams, text
from tests.readers.installed import ran

SVG = "{http://www.w3.org/2000/svg}"

# pydot calls its parser by names of long ago.
pytestmark = pytest.mark.filterwarnings("ignore::pyparsing.warnings.PyparsingDeprecationWarning")


def expected(picture: Diagram) -> dict[str, Any]:
    names = {one.id: f"n{number}" for number, one in enumerate(picture.shapes, 1)}
    return {
        "title": "\n".join(map(writable, (picture.title, *picture.notes))),
        "clusters": {
            f"cluster_{number}": (
                label(group),
                {names[one.id]: label(one) for one in picture.shapes if one.group == group.id},
            )
            for number, group in enumerate(picture.groups, 1)
        },
        "nodes": {names[one.id]: label(one) for one in picture.shapes if one.group is None},
        "edges": [
            (names[one.source], names[one.target], writable(words(one))) for one in picture.arrows
        ],
    }


def read(picture: Diagram) -> dict[str, Any]:
    graphs = pydot.graph_from_dot_data(text("dot", picture))
    assert graphs is not None
    (graph,) = graphs
    ran("pydot")
    return {
        "title": shown(graph.get("label")),
        "clusters": {
            it.get_name(): (shown(it.get("label")), nodes(it)) for it in graph.get_subgraphs()
        },
        "nodes": nodes(graph),
        "edges": [
            (it.get_source(), it.get_destination(), shown(it.get("label")))
            for it in graph.get_edges()
        ],
    }


def nodes(graph: pydot.Graph) -> dict[str, str]:
    return {
        it.get_name(): shown(it.get("label"))
        for it in graph.get_nodes()
        if it.get_name() not in {"node", "edge", "graph"}
    }


def shown(label: object) -> str:
    """A string of DOT as Graphviz draws it: its escapes, then entities."""
    assert isinstance(label, str)
    assert (label[0], label[-1]) == ('"', '"')
    return html.unescape(re.sub(r"\\(.)", lambda it: {"n": "\n"}.get(it[1], it[1]), label[1:-1]))


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda it: it.name)
def test_pydot_reads_every_view(folder: Path) -> None:
    pictures = diagrams(scene_of(folder))

    assert {name: read(picture) for name, picture in pictures.items()} == {
        name: expected(picture) for name, picture in pictures.items()
    }


def test_pydot_reads_hostile_text_as_it_is() -> None:
    picture = picture_of(HOSTILE)

    assert read(picture) == expected(picture)


@settings(max_examples=4)
@given(LISTS)
def test_pydot_reads_any_text_as_it_is(texts: list[str]) -> None:
    picture = picture_of(texts)

    assert read(picture) == expected(picture)


def test_graphviz_draws_hostile_text_as_it_is() -> None:
    picture = picture_of(HOSTILE)
    names = {f"n{number}": label(one) for number, one in enumerate(picture.shapes, 1)}
    clusters = {f"cluster_{number}": label(one) for number, one in enumerate(picture.groups, 1)}

    # A line of nothing is none in SVG.
    assert drawn_by_graphviz(text("dot", picture)) == {
        name: [line for line in label.split("\n") if line]
        for name, label in (names | clusters).items()
    }


def drawn_by_graphviz(dot: str) -> dict[str, list[str]]:
    """The lines on each node and cluster."""
    program = Path(sys.executable).with_name("graphviz-pure")
    done = subprocess.run([program, "-Tsvg"], input=dot.encode(), capture_output=True, check=True)
    groups = ET.fromstring(done.stdout).iter(f"{SVG}g")  # noqa: S314 - it is our own
    return {
        # A space after another is written as one that HTML keeps.
        group.findtext(f"{SVG}title", ""): [
            (it.text or "").replace("\xa0", " ") for it in group.iter(f"{SVG}text")
        ]
        for group in groups
        if group.get("class") in {"node", "cluster"}
    }


def test_a_picture_is_a_graph_with_clusters() -> None:
    assert (
        text("dot", SAMPLE, "https://example.org/{path}#L{line}")
        == """\
digraph "system" {
    label="app: the system\\none is missing"
    labelloc="t"
    rankdir="LR"
    compound="true"
    fontname="Helvetica"
    node [fontname="Helvetica", fontsize="11", style="filled"]
    edge [color="#6b7683", fontname="Helvetica", fontsize="9"]
    subgraph cluster_1 {
        label="«service»\\nusers"
        style="rounded"
        bgcolor="#f6f8fa"
        color="#c4ccd6"
        URL="https://example.org/a%20b/%C3%BC.py#L7"
        n1 [label="«topic»\\nsignups\\nUser", shape="hexagon", fillcolor="#fdf0d9", \
color="#b26a00", URL="https://example.org/a%20b/%C3%BC.py#L7"]
    }
    n2 [label="«subscription»\\nsend \\"it\\"", shape="cds", fillcolor="#def5ec", \
color="#12805c", URL="https://example.org/a%20b/%C3%BC.py#L7"]
    n1 -> n2 [label="delivers (cycle)", color="#a3360a", penwidth="2"]
}
"""
    )


def test_each_kind_has_an_outline_of_its_own() -> None:
    assert OUTLINES.keys() == KINDS.keys()
    assert len(set(OUTLINES.values())) == len(OUTLINES)
