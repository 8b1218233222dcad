"""All that the page knows: the graph with its evidence, findings, and where everything stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.documents.durations import DURATIONS, duration
from infragraph.formats.given import Picture
from infragraph.formats.html.expanding import expanded
from infragraph.formats.html.sheets import Numbers, samples, sheet_data
from infragraph.layout.arranging import arranged
from infragraph.layout.words import printable
from infragraph.model.graph import Edge, InfraGraph, Node, Property
from infragraph.model.source import SourceSpan
from infragraph.views.arrows import key_of
from infragraph.views.groups import group_id
from infragraph.views.legend import KINDS
from infragraph.views.source_links import source_link


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linking:
    """Where places in the source are shown, if anywhere."""

    template: str | None

    def place(self, span: SourceSpan) -> dict[str, object]:
        link = source_link(self.template, span)
        found: dict[str, object] = {"path": span.path, "line": span.line}
        return found if link is None else {**found, "link": link}


def content(picture: Picture) -> Mapping[str, object]:
    graph, linking = picture.scene.graph, _Linking(template=picture.source_url)
    numbers: Numbers = {key_of(edge): number for number, edge in enumerate(graph.edges)}
    diagrams = (("", picture.diagram), *expanded(picture.diagram, picture.scene))
    kinds = {shape.kind for _, diagram in diagrams for shape in diagram.shapes}
    return {
        "title": printable(picture.diagram.title),
        "notes": [printable(note) for note in picture.diagram.notes],
        "kinds": dict(KINDS),
        "samples": samples({*kinds, *(node.kind for node in graph.nodes)}),
        "owners": dict(sorted(picture.scene.owners.items())),
        "nodes": [_node(node, picture.diagnostics, linking) for node in graph.nodes],
        "edges": [_edge(edge, linking) for edge in graph.edges],
        "payloads": {name: plain(graph.payloads[name]) for name in sorted(graph.payloads)},
        "findings": [_finding(one, linking) for one in picture.diagnostics],
        "unresolved": list(_unresolved(graph, linking)),
        "sheets": {
            name: sheet_data(arranged(diagram, picture.lay_out), numbers)
            for name, diagram in diagrams
        },
    }


def plain(value: Property) -> object:
    """A property of any class as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value


def _node(node: Node, diagnostics: Iterable[Diagnostic], linking: _Linking) -> Mapping[str, object]:
    return {
        "id": node.id,
        "kind": node.kind,
        "name": node.name,
        "service": node.service,
        "group": group_id(node),
        "doc": node.doc,
        "symbol": node.symbol,
        "place": linking.place(node.span),
        "options": plain(_in_words(node.properties)),
        "findings": [number for number, one in enumerate(diagnostics) if _is_about(one, node.span)],
    }


def _in_words(options: Mapping[str, Property]) -> Mapping[str, Property]:
    """With durations as people say them; those of a retry lie in it."""
    told: dict[str, Property] = {}
    for name, value in options.items():
        if name in DURATIONS and isinstance(value, int | float):
            told[name] = duration(value)
        else:
            told[name] = (
                _in_words(value) if name == "retry" and isinstance(value, Mapping) else value
            )
    return told


def _is_about(finding: Diagnostic, span: SourceSpan) -> bool:
    """Whether any of its places touches the lines where a node is declared."""
    places = (finding.span, *(label.span for label in finding.labels))
    return any(
        it.path == span.path and it.line <= span.end_line and span.line <= it.end_line
        for it in places
    )


def _edge(edge: Edge, linking: _Linking) -> Mapping[str, object]:
    return {
        "source": edge.source,
        "relation": edge.relation,
        "target": edge.target,
        "options": plain(edge.properties),
        "evidence": [
            {
                **linking.place(one.span),
                "via": list(one.via),
                **({"stated": True} if one.is_declared else {}),
            }
            for one in edge.evidence
        ],
    }


def _finding(one: Diagnostic, linking: _Linking) -> Mapping[str, object]:
    return {
        "code": one.code,
        "slug": one.slug,
        "severity": str(one.severity),
        "message": one.message,
        "help": one.help,
        "place": linking.place(one.span),
    }


def _unresolved(graph: InfraGraph, linking: _Linking) -> Iterator[Mapping[str, object]]:
    for one in graph.unresolved:
        yield {
            "expression": one.expression,
            "reason": one.reason,
            "place": linking.place(one.span),
        }
