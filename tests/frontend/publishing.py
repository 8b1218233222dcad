"""A small application around a few lines: which of its topics they publish to."""

from textwrap import dedent, indent

from infragraph.model.graph import InfraGraph
from tests.compiling import compiled

EVENTS = """
from dataclasses import dataclass

from infragraph import Service, Topic

app = Service("app")


@dataclass(frozen=True)
class Event:
    id: int


a = Topic[Event]("a")
b = Topic[Event]("b")
c = Topic[Event]("c")
d = Topic[Event]("d")
"""

ENDPOINT = """
@app.post("/call")
async def call(event: Event, name: str) -> None:
"""


def published(body: str, setup: str = "") -> str:
    """The letters of the topics that the lines of an endpoint publish to, `setup` above them.

    A topic that the service uses, because nobody is seen to call what uses it, is put in brackets.
    """
    found = graph(body, setup)
    return "".join(
        edge.target.removeprefix("topic:")
        if edge.source == "endpoint:app/call"
        else f"({edge.source} {edge.target})"
        for edge in found.edges
        if edge.relation == "publishes"
    )


def unresolved(body: str, setup: str = "") -> list[str]:
    """Expression and reason of each use that could not be tied to a resource."""
    return [f"{one.expression}: {one.reason}" for one in graph(body, setup).unresolved]


def graph(body: str, setup: str = "") -> InfraGraph:
    lines = indent(dedent(body).strip("\n"), "    ")
    text = (
        f"from app.events import a, app, b, c, d, Event\n\n{dedent(setup)}\n\n{ENDPOINT}{lines}\n"
    )
    found, _ = compiled({"app/__init__.py": "", "app/events.py": EVENTS, "app/api.py": text})
    return found
