import json
from types import MappingProxyType
from typing import Any

from infragraph.diagnostics.render.json import render
from infragraph.model.graph import InfraGraph
from infragraph.schemas import schema
from tests.diagnostics.sample import NOT_A_TOPIC, SIGNUPS_FINDING, report
from tests.diagnostics.validation import mistakes

EMPTY = InfraGraph(application="none", nodes=(), edges=(), payloads={}, unresolved=())


def test_the_graph_is_what_its_schema_says() -> None:
    document: dict[str, Any] = json.loads(render(report(NOT_A_TOPIC, SIGNUPS_FINDING)))

    assert mistakes(document, schema("graph")) == []
    assert mistakes(json.loads(render(report(graph=EMPTY))), schema("graph")) == []


def test_keys_stand_in_the_published_order() -> None:
    document = json.loads(render(report(NOT_A_TOPIC)))

    assert list(document) == [
        "schema_version",
        "application",
        "nodes",
        "edges",
        "payloads",
        "unresolved",
        "diagnostics",
    ]
    assert list(document["nodes"][0]) == [
        "id",
        "kind",
        "name",
        "service",
        "doc",
        "symbol",
        "location",
        "properties",
    ]
    assert list(document["edges"][0]) == ["source", "relation", "target", "properties", "evidence"]


def test_every_object_has_a_line_of_its_own() -> None:
    lines = render(report(NOT_A_TOPIC)).split("\n")

    assert sum(line.startswith('  {"id": ') for line in lines) == 7
    assert sum(line.startswith('  {"source": ') for line in lines) == 3


def test_a_mapping_of_any_class_is_an_object() -> None:

    graph = InfraGraph(
        application="x",
        nodes=(),
        edges=(),
        payloads={"A": MappingProxyType({"enum": ("a", "b")})},
        unresolved=(),
    )

    assert json.loads(render(report(graph=graph)))["payloads"] == {"A": {"enum": ["a", "b"]}}


def test_a_schema_rejects_what_the_graph_never_is() -> None:
    document = json.loads(render(report(NOT_A_TOPIC)))
    document["edges"][0]["relation"] = "knows"

    assert len(mistakes(document, schema("graph"))) == 1
