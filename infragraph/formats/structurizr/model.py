"""A diagram as C4 sees it: a software system of containers, each with components."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.formats.structurizr.words import mark_tag, quoted
from infragraph.model.diagram import MISSING, SHARED, Diagram, Group, Shape
from infragraph.model.source import SourceSpan
from infragraph.views.written import lines

SYSTEM = "app"

_OUTSIDE = frozenset({"external", MISSING})
_WHOLE = frozenset({"service", SHARED})
_TOLD_APART = 2
"""The lines of a part that have a place of their own: its kind and its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A container, component or system: no two parts in one place have the same name."""

    key: str
    name: str
    description: str
    technology: str
    tags: tuple[str, ...]
    span: SourceSpan | None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`keys` has the key of the part that stands for each shape."""

    key: str
    name: str
    containers: tuple[Part, ...]
    systems: tuple[Part, ...]
    keys: Mapping[str, str]


def model_of(diagram: Diagram, application: str) -> Model:
    numbers = {shape.id: f"n{number}" for number, shape in enumerate(diagram.shapes, 1)}
    outside = [it for it in diagram.shapes if it.group is None and it.kind in _OUTSIDE]
    inside: dict[str, list[Shape]] = {group.id: [] for group in diagram.groups}
    for shape in diagram.shapes:
        if shape not in outside:
            inside.setdefault(_container(shape), []).append(shape)
    groups = {group.id: group for group in diagram.groups}
    named = _named(application, SYSTEM, set())
    return Model(
        key=SYSTEM,
        name=named,
        containers=tuple(_containers(inside, groups, numbers)),
        systems=tuple(_parts(outside, numbers, {quoted(named)})),
        keys=numbers,
    )


def _container(shape: Shape) -> str:
    """The id of the group that a shape is in, or would be in another view."""
    if shape.group is not None:
        return shape.group
    return SHARED if shape.service is None else f"group:{shape.service}"


def _containers(
    inside: Mapping[str, Sequence[Shape]],
    groups: Mapping[str, Group],
    numbers: Mapping[str, str],
) -> Iterator[Part]:
    taken: set[str] = set()
    for number, (name, shapes) in enumerate(inside.items(), 1):
        group = groups.get(name)
        alone = shapes[0] if len(shapes) == 1 else None
        if group is None and alone is not None and alone.kind in _WHOLE:
            yield _part(alone, numbers[alone.id], taken)
            continue
        label = name if group is None else group.label
        if group is None and shapes[0].service is not None:
            label = shapes[0].service
        kind = "service" if group is None and name != SHARED else SHARED
        yield Part(
            key=f"s{number}",
            name=_named(label, name, taken),
            description="" if group is None else _description(group),
            technology=kind if group is None else group.kind,
            tags=(kind,) if group is None else (group.kind, *map(mark_tag, group.marks)),
            span=None if group is None else group.span,
            parts=tuple(_parts(shapes, numbers, set())),
        )


def _parts(shapes: Iterable[Shape], numbers: Mapping[str, str], taken: set[str]) -> Iterator[Part]:
    for shape in shapes:
        yield _part(shape, numbers[shape.id], taken)


def _part(shape: Shape, key: str, taken: set[str]) -> Part:
    return Part(
        key=key,
        name=_named(shape.label, f"{shape.label} ({shape.kind})", taken),
        description=_description(shape),
        technology=shape.kind,
        tags=(shape.kind, *map(mark_tag, shape.marks)),
        span=shape.span,
    )


def _description(part: Group | Shape) -> str:
    return " · ".join(lines(part)[_TOLD_APART:])


def _named(name: str, other: str, taken: set[str]) -> str:
    """The name, or if it is taken or blank the other one, with a number if that is taken too.

    What counts is how they are written: texts that differ may look the same.
    """
    found = name if name.strip() and quoted(name) not in taken else other.strip()
    number = 1
    while quoted(found) in taken:
        number += 1
        found = f"{other.strip()} {number}"
    taken.add(quoted(found))
    return found
