"""Where the machine stops short of the whole truth, and that it says so."""

from tests.compiling import compiled
from tests.frontend.publishing import EVENTS, published

WAYS = 70
LIMIT = 64


def many_ways() -> dict[str, str]:
    """An application in which each endpoint hands another topic to one function."""
    topics = [f'topic_{number} = Topic[Event]("topic-{number}")' for number in range(WAYS)]
    endpoints = [
        f"""
@app.post("/call-{number}")
async def call_{number}(event: Event) -> None:
    await send(topic_{number}, event)
"""
        for number in range(WAYS)
    ]
    head = """\
from dataclasses import dataclass

from infragraph import Service, Topic

app = Service("app")


@dataclass
class Event:
    id: int


async def send(topic, event):
    await topic.publish(event)

"""
    return {"app.py": head + "\n".join((*topics, *endpoints))}


def test_a_function_called_in_many_ways_keeps_them_apart_as_far_as_it_is_followed() -> None:
    graph, diagnostics = compiled(many_ways())

    found = [
        (edge.source.removeprefix("endpoint:app/call_"), edge.target.removeprefix("topic:topic-"))
        for edge in graph.edges
        if edge.relation == "publishes"
    ]
    reasons = {(one.expression, one.reason) for one in graph.unresolved}
    assert len(found) == LIMIT
    assert all(source == target for source, target in found)
    assert reasons == {("send", f"'app.send' is called in more than {LIMIT} ways")}
    assert len(graph.unresolved) == WAYS - LIMIT
    assert sum(one.code == "IG3201" for one in diagnostics) == WAYS - LIMIT


LENGTH = 2_000
CHAIN = "\n".join(
    (
        *(f"async def f{number}(x): return await f{number + 1}(x)" for number in range(LENGTH)),
        f"async def f{LENGTH}(x): await x.publish(Event(1))",
    )
)
BACKWARDS = "\n".join(reversed(CHAIN.splitlines()))


def test_a_long_chain_of_calls_is_followed_without_the_interpreter_s_stack() -> None:
    assert published("await f0(a)", CHAIN) == "a"
    assert published("await f0(a)", BACKWARDS) == "a"


HANDED = "\n".join(
    (
        "def f0(): return a",
        *(f"def f{number}(): return f{number - 1}()" for number in range(1, LENGTH + 1)),
    )
)


def test_a_result_handed_up_a_long_chain_arrives() -> None:
    assert published(f"await f{LENGTH}().publish(event)", HANDED) == "a"


LAST = 250
ROTATING = "".join(f"    held_{number} = held_{number - 1}\n" for number in range(LAST, 0, -1))
ROTATION = f"""
{"; ".join(f"held_{number} = None" for number in range(LAST + 1))}


def rotate():
    global {", ".join(f"held_{number}" for number in range(LAST + 1))}
{ROTATING}    held_0 = a
"""


def test_what_is_not_followed_to_the_end_is_told() -> None:
    assert published("rotate()\nawait held_100.publish(event)", ROTATION) == "a"

    text = f"""
from app.events import Event, a, app

{ROTATION}

@app.post("/call")
async def call(event: Event) -> None:
    rotate()
    await held_{LAST}.publish(event)
"""
    files = {"app/__init__.py": "", "app/events.py": EVENTS, "app/api.py": text}
    graph, findings = compiled(files)
    [unresolved] = graph.unresolved
    [finding] = (one for one in findings if one.code == "IG3201")

    assert unresolved.expression == "app.api.rotate"
    assert unresolved.reason == "it was not followed to the end"
    assert finding.span == unresolved.span
