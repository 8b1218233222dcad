from collections import defaultdict, namedtuple
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from types import SimpleNamespace
from typing import Any, cast

from infragraph import Topic

from app import app
from app.events import a, b, c, d
from app.payload import Event

BY_NAME = {topic.name: topic for topic in (a, b)}
MERGED = {**{"c": c}, "d": d}
JOINED = {"a": a} | {"b": b}
KEYWORDS = dict(c=c)
FILLED: list[Topic[Event]] = []
FILLED.append(a)
FILLED.extend([c])
LATER: dict[str, Topic[Event]] = {}
LATER["d"] = d
GROUPS = defaultdict(list)
GROUPS["all"].append(b)
SPACE = SimpleNamespace(topic=c)
Pair = namedtuple("Pair", ["left", "right"])
PAIR = Pair(left=a, right=d)
NESTED = ((a, ("x", b)), (c, ("y", d)))


class Streams(Enum):
    FIRST = a
    SECOND = b


@dataclass(frozen=True)
class Route:
    name: str
    topic: Topic[Event]


ROUTE = Route("one", a)
OTHER = replace(ROUTE, topic=c)


@app.post("/by-name")
async def by_name(event: Event) -> None:
    for name, topic in BY_NAME.items():
        print(name)
        await topic.publish(event)


@app.post("/merged")
async def merged(event: Event) -> None:
    await MERGED["c"].publish(event)


@app.post("/joined")
async def joined(event: Event) -> None:
    for topic in JOINED.values():
        await topic.publish(event)


@app.post("/keywords")
async def keywords(event: Event) -> None:
    await KEYWORDS["c"].publish(event)


@app.post("/filled")
async def filled(event: Event) -> None:
    for number, topic in enumerate(FILLED):
        print(number)
        await topic.publish(event)


@app.post("/later/{name}")
async def later(name: str, event: Event) -> None:
    found = LATER.get(name)
    if found is not None:
        await found.publish(event)


@app.post("/default/{name}")
async def with_default(name: str, event: Event) -> None:
    await LATER.get(name, a).publish(event)


@app.post("/groups")
async def groups(event: Event) -> None:
    for topic in GROUPS["all"]:
        await topic.publish(event)


@app.post("/space")
async def space(event: Event) -> None:
    await SPACE.topic.publish(event)


@app.post("/pair")
async def pair(event: Event) -> None:
    await PAIR.right.publish(event)


@app.post("/nested")
async def nested(event: Event) -> None:
    for first, (name, second) in NESTED:
        print(name, first)
        await second.publish(event)


@app.post("/enumerated")
async def enumerated(event: Event) -> None:
    await Streams.SECOND.value.publish(event)


@app.post("/every")
async def every(event: Event) -> None:
    for stream in Streams:
        await stream.value.publish(event)


@app.post("/routed")
async def routed(event: Event) -> None:
    await ROUTE.topic.publish(event)


@app.post("/replaced")
async def replaced(event: Event) -> None:
    await OTHER.topic.publish(event)


@app.post("/rest")
async def rest(event: Event) -> None:
    first, *others = (a, b, c)
    print(first)
    for topic in others:
        await topic.publish(event)


@app.post("/zipped")
async def zipped(event: Event) -> None:
    for topic, number in zip((a, d), (1, 2), strict=True):
        print(number)
        await topic.publish(event)


@app.post("/chained")
async def chained(event: Event) -> None:
    for topic in chain([b], (c,)):
        await topic.publish(event)


@app.post("/sorted")
async def in_order(event: Event) -> None:
    for topic in reversed(sorted([a, d], key=lambda one: one.name)):
        await topic.publish(event)


@app.post("/next")
async def following(event: Event) -> None:
    await next(iter([d])).publish(event)


@app.post("/filtered")
async def filtered(event: Event) -> None:
    for topic in filter(None, (c, None)):
        await topic.publish(event)


@app.post("/cast")
async def casted(event: Event) -> None:
    anything: Any = b
    await cast(Topic[Event], anything).publish(event)


@app.post("/local-list")
async def local_list(event: Event) -> None:
    wanted = []
    if event.id:
        wanted.append(c)
    for topic in wanted:
        await topic.publish(event)


@app.post("/comprehended")
async def comprehended(event: Event) -> None:
    for send in [topic.publish for topic in (a, c)]:
        await send(event)
