from app import app, events
from app.events import a, b, c, db
from app.other import Bus, Sqlite
from app.payload import Event

current = c


@app.post("/shadowed-parameter")
async def shadowed_parameter(event: Event) -> None:
    await _send(Bus(), event)


async def _send(a: Bus, event: Event) -> None:
    await a.publish(event)
    await b.publish(event)


@app.post("/shadowed-local")
async def shadowed_local(event: Event) -> None:
    db = Sqlite()
    db.execute("delete from everything")
    print(db.fetch("select 1"))
    await c.publish(event)


@app.post("/loop-variable")
async def loop_variable(event: Event) -> None:
    for a in range(event.id):
        print(a)
    for b in [Bus()]:
        await b.publish(event)


@app.post("/comprehension")
async def comprehension(event: Event) -> None:
    print([a for a in range(event.id)])
    await a.publish(event)


@app.post("/inner")
async def inner(event: Event) -> None:
    topic = a

    async def send() -> None:
        topic = b
        await topic.publish(event)

    await send()
    await topic.publish(event)


@app.post("/nonlocal")
async def through_nonlocal(event: Event) -> None:
    topic = None

    def choose() -> None:
        nonlocal topic
        topic = b

    choose()
    if topic is not None:
        await topic.publish(event)


@app.post("/global")
async def through_global(event: Event) -> None:
    await current.publish(event)


@app.post("/deleted")
async def deleted(event: Event) -> None:
    topic = a
    del topic
    topic = c
    await topic.publish(event)


@app.post("/query")
async def query(event: Event) -> None:
    await db.fetch("select id from events where id = $1", event.id)


@app.post("/class-scope")
async def class_scope(event: Event) -> None:
    await Holder().send(event)


class Holder:
    a = events.c

    async def send(self, event: Event) -> None:
        await a.publish(event)  # the module's: a class's names are not those of its methods


@app.subscribe(a, "log")
@app.subscribe(b, "log")
@app.subscribe(c, "log")
@app.subscribe(events.d, "log")
async def log(event: Event) -> None:
    print(event.id)
