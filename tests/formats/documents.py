"""Documents of whole applications, and of graphs that no compiler would make."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.graph import InfraGraph, Node, Property
from infragraph.model.source import SourceSpan
from infragraph.usecases.export import Wanted, export
from infragraph.views.scene import Scene
from tests import expectations

SPAN = SourceSpan(path="shop/a.py", line=3, column=1, end_line=3, end_column=9)


@cache
def graph_of(folder: Path) -> InfraGraph:
    """Skips the test where the application is not beside this repository."""
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not beside this repository")
    return expectations.report(folder).graph


def files(  # noqa: PLR0913 - one parameter an option
    what: str,
    graph: InfraGraph,
    *,
    target: str | None = None,
    source_url: str | None = None,
    owners: Mapping[str, str] | None = None,
    owner: str | None = None,
    form: str | None = None,
    diagnostics: tuple[Diagnostic, ...] = (),
) -> dict[str, str]:
    """What `infragraph export` makes of a graph, by path."""
    scene = Scene(graph=graph, owners=owners or {}, owner=owner)
    wanted = Wanted(what=what, form=form, target=target, source_url=source_url)
    return {it.path: it.content for it in export(scene, diagnostics, wanted)}


def documents(what: str, graph: InfraGraph, **options: Any) -> dict[str, Any]:
    return {path: yaml.safe_load(text) for path, text in files(what, graph, **options).items()}


def graph(*nodes: Node, payloads: Mapping[str, Mapping[str, Property]] | None = None) -> InfraGraph:
    return InfraGraph(
        application="app", nodes=nodes, edges=(), payloads=payloads or {}, unresolved=()
    )


def node(
    name: str,
    properties: Mapping[str, Property] | None = None,
    *,
    service: str | None = "shop",
    doc: str | None = None,
) -> Node:
    """`name` is the id."""
    kind, _, rest = name.partition(":")
    return Node(
        id=name,
        kind=kind,
        name=rest.rpartition("/")[2],
        service=service,
        doc=doc,
        symbol="shop.a",
        span=SPAN,
        properties=properties or {},
    )


def dangling(document: Any) -> list[str]:
    """References that lead to nothing."""
    return [it for it in _references(document) if not _leads(document, it)]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value)
        if isinstance(members.get("$ref"), str):
            yield members["$ref"]
        for member in members.values():
            yield from _references(member)
    elif isinstance(value, list):
        for member in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _references(member)


def _leads(document: Any, reference: str) -> bool:
    place = document
    for step in reference.removeprefix("#/").split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if key not in place:
            return False
        place = place[key]
    return True
