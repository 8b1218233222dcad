"""Graphs of any shape, whether or not an application could have them."""

from hypothesis import strategies as st

from infragraph.model.graph import Edge, InfraGraph, Node, Property
from infragraph.model.source import SourceSpan

SPAN = SourceSpan(path="a.py", line=1, column=1, end_line=1, end_column=2)

_NAMES = st.text(min_size=1, max_size=3)
_SERVICES = st.sampled_from([None, "a", "b", "c\n</g>"])
_KINDS = (
    "bucket",
    "cron",
    "database",
    "endpoint",
    "external",
    "secret",
    "service",
    "subscription",
    "topic",
)
_RELATIONS = ("calls", "delivers", "publishes", "queries", "reads", "stores")


@st.composite
def _nodes(draw: st.DrawFn) -> Node:
    kind, name = draw(st.sampled_from(_KINDS)), draw(_NAMES)
    options: dict[str, Property] = {
        "dead_letter": draw(st.booleans()),
        "external": draw(st.booleans()),
        "topic": draw(st.none() | _NAMES),
        "payload": draw(st.sampled_from([None, {"type": "object"}, {"$ref": "#/payloads/a.B"}])),
        "every": draw(st.none() | st.integers(0, 10**6) | st.floats(0, 10)),
    }
    return Node(
        id=f"{kind}:{name}",
        kind=kind,
        name=name,
        service=name if kind == "service" else draw(_SERVICES),
        doc=None,
        symbol="a.b",
        span=SPAN,
        properties=options,
    )


@st.composite
def graphs(draw: st.DrawFn) -> InfraGraph:
    nodes = sorted(
        draw(st.lists(_nodes(), max_size=12, unique_by=lambda node: node.id)),
        key=lambda node: node.id,
    )
    ends = st.sampled_from([*(node.id for node in nodes), "topic:gone", "cron:gone"])
    keys = draw(st.sets(st.tuples(ends, st.sampled_from(_RELATIONS), ends), max_size=20))
    edges = tuple(
        Edge(source=source, relation=relation, target=target, properties={}, evidence=())
        for source, relation, target in sorted(keys)
    )
    return InfraGraph(
        application="app", nodes=tuple(nodes), edges=edges, payloads={}, unresolved=()
    )
