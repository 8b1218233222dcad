from app import app
from app.events import a, b, c, d
from app.payload import Event


@app.post("/if")
async def if_else(event: Event) -> None:
    if event.id > 1:
        topic = a
    elif event.id:
        topic = b
    else:
        topic = c
    await topic.publish(event)


@app.post("/early")
async def early(event: Event) -> None:
    if event.id:
        await pick(event.id).publish(event)
        return
    await d.publish(event)


def pick(number: int):
    if number == 1:
        return a
    return b


@app.post("/conditional")
async def conditional(event: Event) -> None:
    await (a if event.id else c).publish(event)


@app.post("/or")
async def alternative(event: Event) -> None:
    topic = choose(event) or d
    await topic.publish(event)


def choose(event: Event):
    return b if event.id else None


@app.post("/try")
async def fallback(event: Event) -> None:
    try:
        topic = risky(event)
    except ValueError:
        topic = b
    await topic.publish(event)


def risky(event: Event):
    if not event.id:
        raise ValueError(event)
    return a


@app.post("/except")
async def publish_in_handler(event: Event) -> None:
    try:
        await a.publish(event)
    except ConnectionError:
        await b.publish(event)
    else:
        await c.publish(event)
    finally:
        await d.publish(event)


@app.post("/rebound")
async def rebound(event: Event) -> None:
    topic = a
    topic = b
    await topic.publish(event)


@app.post("/rebound-between")
async def rebound_between(event: Event) -> None:
    topic = a
    await topic.publish(event)
    topic = c
    await topic.publish(event)


@app.post("/loop")
async def loop(event: Event) -> None:
    for topic in (a, b):
        await topic.publish(event)
    await topic.publish(event)


@app.post("/while")
async def carried(event: Event) -> None:
    current, following = a, b
    remaining = event.id
    while remaining:
        await current.publish(event)
        current, following = following, current
        remaining -= 1


@app.post("/match")
async def matched(event: Event) -> None:
    match event.id:
        case 1:
            topic = a
        case 2 | 3:
            topic = d
        case _:
            topic = c
    await topic.publish(event)


@app.post("/match-class")
async def matched_class(event: Event) -> None:
    match (b, event):
        case (topic, Event(id=1)):
            await topic.publish(event)
        case _:
            await c.publish(event)


@app.post("/walrus")
async def walrus(event: Event) -> None:
    if (topic := pick(event.id)) is not None:
        await topic.publish(event)
