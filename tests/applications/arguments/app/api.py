import asyncio
from functools import partial

from app import app, events
from app.contexts import Opened, announced, both, each, given
from app.events import a, b, c, d
from app.payload import Event
from app.steps import announcing, apply, bound, closed, first, forward, plain, spread

TOPICS = {"a": a, "b": b}
LIST = [c, d]
SENDERS = (closed(a), closed(b))
DEFAULT = c


@app.post("/steps-a")
async def steps_a(event: Event) -> None:
    await first(a, event)


@app.post("/steps-b")
async def steps_b(event: Event) -> None:
    await first(topic=b, event=event)


@app.post("/defaulted")
async def defaulted(event: Event) -> None:
    await send(event)


@app.post("/overridden")
async def overridden(event: Event) -> None:
    await send(event, d)


async def send(event: Event, topic=DEFAULT) -> None:
    await topic.publish(event)


@app.post("/spread")
async def spreading(event: Event) -> None:
    await spread(event, a, c)


@app.post("/spread-list")
async def spreading_list(event: Event) -> None:
    await spread(event, *LIST)


@app.post("/forward")
async def forwarding(event: Event) -> None:
    await forward(event, where=d)


@app.post("/options")
async def options(event: Event) -> None:
    keywords = {"where": b}
    await forward(event, **keywords)


@app.post("/partial")
async def partially(event: Event) -> None:
    await bound(c)(event)
    await partial(first, event=event)(topic=d)


@app.post("/closure")
async def closure(event: Event) -> None:
    await closed(b)(event)


@app.post("/lambda")
async def by_lambda(event: Event) -> None:
    publish = lambda topic: topic.publish(event)
    await publish(a)


@app.post("/higher")
async def higher(event: Event) -> None:
    await apply(first, c, event)


@app.post("/method")
async def bound_method(event: Event) -> None:
    await apply(d.publish, event)


@app.post("/gather")
async def gathered(event: Event) -> None:
    await asyncio.gather(*(first(topic, event) for topic in LIST))


@app.post("/map")
async def mapped(event: Event) -> None:
    await asyncio.gather(*map(partial(first, event=event), (a, b)))


@app.post("/task")
async def task(event: Event) -> None:
    running = asyncio.create_task(first(b, event))
    await running


@app.post("/thread")
async def thread(event: Event) -> None:
    await asyncio.to_thread(in_thread, a, event)


def in_thread(topic, event: Event) -> None:
    topic.publish_sync(event)


@app.post("/table/{name}")
async def table(name: str, event: Event) -> None:
    await TOPICS[name].publish(event)


@app.post("/table-a")
async def table_constant(event: Event) -> None:
    await TOPICS["a"].publish(event)


@app.post("/list-last")
async def list_constant(event: Event) -> None:
    await LIST[1].publish(event)


@app.post("/senders")
async def senders(event: Event) -> None:
    for sender in SENDERS:
        await sender(event)


@app.post("/with")
async def with_given(event: Event) -> None:
    with given(c) as topic:
        await topic.publish(event)


@app.post("/async-with")
async def with_announced(event: Event) -> None:
    async with announced(b, event):
        print(event.id)


@app.post("/opened")
async def with_opened(event: Event) -> None:
    async with Opened(a) as topic:
        await topic.publish(event)


@app.post("/each")
async def for_each(event: Event) -> None:
    async for topic in each():
        await topic.publish(event)


@app.post("/both")
async def for_both(event: Event) -> None:
    for topic in both():
        await topic.publish(event)


@app.post("/decorated")
async def decorated(event: Event) -> None:
    await helper(event)


@app.post("/decorated-too")
async def decorated_too(event: Event) -> None:
    await other(event)


@announcing(a)
async def helper(event: Event) -> None:
    print(event.id)


@announcing(b)
@plain
async def other(event: Event) -> None:
    await events.c.publish(event)


@app.subscribe(a, "log")
@app.subscribe(b, "log")
@app.subscribe(c, "log")
@app.subscribe(d, "log")
async def log(event: Event) -> None:
    print(event.id)
