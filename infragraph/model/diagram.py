"""A picture before it has a format: what is drawn, and nothing of how.

    graph ──view──▶ diagram ──lay out──▶ geometry ──render──▶ text

A format draws what it finds here and looks nothing up, so that all formats show the same. The ids
of groups and shapes share one space, are unique in it, and may hold any character.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from infragraph.model.source import SourceSpan

Direction = Literal["right", "down"]

DEAD_LETTER = "dead-letter"
MISSING = "missing"
SHARED = "shared"
SEVERAL = "several"


class Mark(StrEnum):
    """What is special about a part, in the order of a legend."""

    CENTRE = "centre"
    COLLAPSED = "collapsed"
    CYCLE = "cycle"
    DEAD_LETTER = "dead-letter"
    EXTERNAL = "external"
    FAN_OUT = "fan-out"
    PUBLIC = "public"
    STATED = "stated"
    UNOWNED = "unowned"
    UNREAD = "unread"
    UNFED = "unfed"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A container of shapes: a service, or what no service owns.

    `kind` is `service` or `shared`; `node` is the service's id in the graph. Groups do not nest.
    """

    id: str
    kind: str
    node: str | None
    label: str
    detail: str | None
    owner: str | None
    span: SourceSpan | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One thing.

    `kind` is the kind of a node, `dead-letter` for the queue beside a subscription, or `missing`
    for an end of an edge that is not in the graph. `node` is the id in the graph, or that of the
    subscription a dead-letter queue belongs to. `group` is the id of the container, None outside
    of all; `service` and `owner` are known in either case.
    """

    id: str
    kind: str
    node: str | None
    label: str
    detail: str | None
    group: str | None
    service: str | None
    owner: str | None
    span: SourceSpan | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EdgeKey:
    """Which edge of the graph is meant."""

    source: str
    relation: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One line from shape to shape, in the direction of the graph's edges.

    `relation` is the edges', `dead-letter` for the way into such a queue, or `several`. `edges` are
    those of the graph that it stands for: none for what the graph only implies, more than one
    where parts are collapsed. `label` is what is written on it, which may be nothing.
    """

    source: str
    target: str
    relation: str
    label: str
    edges: tuple[EdgeKey, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A picture: groups, shapes and arrows are sorted, and every end of an arrow is a shape.

    Its `name` is the view's, such as `service:orders`. `notes` say what a reader must know that is
    not drawn: one sentence each, to be written below it.
    """

    name: str
    title: str
    direction: Direction
    groups: tuple[Group, ...]
    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrawable:
    """Why a format cannot hold a diagram, and what to ask for instead."""

    reason: str
