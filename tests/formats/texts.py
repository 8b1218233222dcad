"""Pictures that are text, which need nothing laid out."""

from typing import NoReturn

from infragraph.formats.given import Picture
from infragraph.formats.tables import picture_renderer
from infragraph.model.diagram import Arrow, Diagram, Group, Mark, Shape, Undrawable
from infragraph.model.graph import InfraGraph
from infragraph.model.source import SourceSpan
from infragraph.views.choosing import offered, view
from infragraph.views.lookup import NotFound
from infragraph.views.scene import Scene

TEXTS = ("mermaid", "dot", "d2", "structurizr")

SPAN = SourceSpan(path="a b/ü.py", line=7, column=1, end_line=7, end_column=2)


def diagrams(scene: Scene) -> dict[str, Diagram]:
    """Every view that there is, by a name for its file."""
    found = {name: view(scene, name, depth=1) for name in offered(scene.graph)}
    return {
        name.replace(":", "-"): diagram
        for name, diagram in found.items()
        if not isinstance(diagram, NotFound)
    }


def drawn(form: str, diagram: Diagram, source_url: str | None = None) -> str | Undrawable:
    graph = InfraGraph(application="app", nodes=(), edges=(), payloads={}, unresolved=())
    picture = Picture(
        diagram=diagram,
        scene=Scene(graph=graph, owners={}),
        diagnostics=(),
        source_url=source_url,
        lay_out=_nothing,
    )
    return picture_renderer(form)(picture)


def text(form: str, diagram: Diagram, source_url: str | None = None) -> str:
    made = drawn(form, diagram, source_url)
    assert isinstance(made, str)
    return made


def shape(name: str, kind: str = "topic", **others: str | None) -> Shape:
    given = {"label": name, "detail": None, "group": None, "service": None, **others}
    return Shape(
        id=name,
        kind=kind,
        node=name,
        label=given["label"] or "",
        detail=given["detail"],
        group=given["group"],
        service=given["service"],
        owner=None,
        span=SPAN,
    )


def group(name: str) -> Group:
    return Group(id=name, kind="service", node=name, label=name, detail=None, owner=None, span=SPAN)


def arrow(source: str, target: str, label: str = "publishes", *marks: Mark) -> Arrow:
    return Arrow(
        source=source, target=target, relation="publishes", label=label, edges=(), marks=marks
    )


def diagram(
    *shapes: Shape,
    groups: tuple[Group, ...] = (),
    arrows: tuple[Arrow, ...] = (),
    notes: tuple[str, ...] = (),
    title: str = "app: the system",
) -> Diagram:
    return Diagram(
        name="system",
        title=title,
        direction="right",
        groups=groups,
        shapes=shapes,
        arrows=arrows,
        notes=notes,
    )


SAMPLE = diagram(
    shape("signups", service="users", group="users", detail="User"),
    shape('send "it"', "subscription"),
    groups=(group("users"),),
    arrows=(arrow("signups", 'send "it"', "delivers", Mark.CYCLE),),
    notes=("one is missing",),
)
"""A picture with a part of each sort."""


def _nothing(dot: str) -> NoReturn:
    raise AssertionError(dot)
