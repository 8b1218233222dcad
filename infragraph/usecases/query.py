"""Answer a question on a graph.

names ──find──▶ nodes ──ask──▶ what was found, with what could not be known
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.model import queries
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.queries import Found
from infragraph.model.unused import unused
from infragraph.views.lookup import NotFound, find

Ask: TypeAlias = Callable[[InfraGraph, tuple[Node, ...]], tuple[Found, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What can be asked; `kinds` are those of what it is about, None for any.

    `nothing` is what an empty answer means, with the names of what was asked about.
    """

    name: str
    kinds: frozenset[str] | None
    ask: Ask
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found, sorted as the question says; `notes` say why more may be true."""

    question: str
    subjects: tuple[Node, ...]
    found: tuple[Found, ...]
    nothing: str
    notes: tuple[str, ...]


_TOPICS = frozenset({"topic"})

ALL_QUESTIONS: tuple[Question, ...] = (
    Question(
        name="producers",
        kinds=_TOPICS,
        ask=lambda graph, nodes: queries.producers(graph, *nodes),
        nothing="nothing publishes to {}",
    ),
    Question(
        name="consumers",
        kinds=_TOPICS,
        ask=lambda graph, nodes: queries.consumers(graph, *nodes),
        nothing="nothing subscribes to {}",
    ),
    Question(
        name="impact",
        kinds=None,
        ask=lambda graph, nodes: queries.impact(graph, *nodes),
        nothing="nothing lies downstream of {}",
    ),
    Question(
        name="path",
        kinds=None,
        ask=lambda graph, nodes: queries.path(graph, *nodes),
        nothing="no path leads from {} to {}",
    ),
    Question(
        name="unused",
        kinds=None,
        ask=lambda graph, _nodes: unused(graph),
        nothing="everything that is declared is used",
    ),
    Question(
        name="cycles",
        kinds=None,
        ask=lambda graph, _nodes: queries.cycles(graph),
        nothing="nothing leads back to itself",
    ),
)

BY_NAME: Mapping[str, Question] = {question.name: question for question in ALL_QUESTIONS}


def answer(graph: InfraGraph, question: Question, names: tuple[str, ...]) -> Answer | NotFound:
    """A name that means nothing, or several things, is no answer."""
    subjects: list[Node] = []
    for name in names:
        node = find(graph, name, question.kinds)
        if isinstance(node, NotFound):
            return node
        subjects.append(node)
    return Answer(
        question=question.name,
        subjects=tuple(subjects),
        found=question.ask(graph, tuple(subjects)),
        nothing=question.nothing.format(*(f"'{node.id}'" for node in subjects)),
        notes=_notes(graph),
    )


def _notes(graph: InfraGraph) -> tuple[str, ...]:
    count = len(graph.unresolved)
    if not count:
        return ()
    uses = "1 use" if count == 1 else f"{count} uses"
    note = (
        f"{uses} could not be resolved, so that the answer may lack something; "
        "'infragraph analyze --format json' lists them"
    )
    return (note,)
