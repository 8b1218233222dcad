"""The words of a legend: what each kind, relation and mark of a diagram means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from infragraph.model.diagram import Diagram, Group, Mark, Shape

KINDS: Mapping[str, str] = {
    "service": "service",
    "endpoint": "endpoint",
    "cron": "cron job",
    "topic": "topic",
    "subscription": "subscription",
    "dead-letter": "queue of dead letters",
    "database": "database",
    "bucket": "bucket",
    "secret": "secret",
    "external": "outside of the application",
    "shared": "owned by no service",
    "missing": "declared nowhere",
}
"""In the order of a legend: who acts, what carries messages, what keeps data, and the rest."""

RELATIONS: Mapping[str, str] = {
    "calls": "calls an endpoint",
    "publishes": "publishes to a topic",
    "delivers": "delivers to a subscription",
    "dead-letter": "gives up a message",
    "queries": "reads or writes a database",
    "stores": "uses a bucket",
    "reads": "reads a secret",
    "several": "several of these",
}

MARKS: Mapping[Mark, str] = {
    Mark.CENTRE: "what the picture is about",
    Mark.COLLAPSED: "a service with all that it owns",
    Mark.CYCLE: "leads back to itself",
    Mark.DEAD_LETTER: "what fails is kept in a queue",
    Mark.EXTERNAL: "others fill or read it too",
    Mark.FAN_OUT: "several subscriptions receive each message",
    Mark.PUBLIC: "can be reached from outside",
    Mark.STATED: "known from a comment alone",
    Mark.UNOWNED: "owned by no service",
    Mark.UNREAD: "nobody subscribes to it",
    Mark.UNFED: "nothing publishes to it",
    Mark.UNUSED: "nothing uses it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a legend: a kind, relation or mark by its name, and its meaning."""

    what: Literal["kind", "relation", "mark"]
    name: str
    text: str


def legend(diagram: Diagram) -> tuple[Entry, ...]:
    """What is in the diagram and nothing else: kinds, then relations, then marks."""
    return tuple(_entries(diagram))


def _entries(diagram: Diagram) -> Iterator[Entry]:
    parts: tuple[Group | Shape, ...] = (*diagram.groups, *diagram.shapes)
    kinds = {part.kind for part in parts}
    relations = {arrow.relation for arrow in diagram.arrows}
    marks = {mark for part in parts for mark in part.marks}
    marks.update(mark for arrow in diagram.arrows for mark in arrow.marks)
    for kind, text in KINDS.items():
        if kind in kinds:
            yield Entry(what="kind", name=kind, text=text)
    for relation, text in RELATIONS.items():
        if relation in relations:
            yield Entry(what="relation", name=relation, text=text)
    for mark, text in MARKS.items():
        if mark in marks:
            yield Entry(what="mark", name=mark, text=text)
