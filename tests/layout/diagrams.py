"""Diagrams of a few shapes, in a line each."""

from infragraph.model.diagram import Arrow, Diagram, Group, Mark, Shape


def shape(name: str, kind: str = "endpoint", group: str | None = None, **more: str) -> Shape:
    return Shape(
        id=name,
        kind=kind,
        node=name,
        label=more.get("label", name),
        detail=more.get("detail"),
        group=group,
        service=more.get("service"),
        owner=more.get("owner"),
        span=None,
    )


def arrow(source: str, target: str, label: str = "calls", *marks: Mark) -> Arrow:
    return Arrow(source=source, target=target, relation="calls", label=label, edges=(), marks=marks)


def group(name: str, label: str | None = None, detail: str | None = None) -> Group:
    return Group(
        id=name,
        kind="service",
        node=None,
        label=label or name,
        detail=detail,
        owner=None,
        span=None,
    )


def diagram(shapes: list[Shape], arrows: list[Arrow], groups: list[Group] | None = None) -> Diagram:
    return Diagram(
        name="system",
        title="app: the system",
        direction="right",
        groups=tuple(groups or ()),
        shapes=tuple(shapes),
        arrows=tuple(arrows),
        notes=(),
    )
