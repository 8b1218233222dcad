from app.payload import Event
from app.stock import READ, WRITE, changed, db, stock


@stock.post("/before")
async def before(event: Event) -> None:
    await changed.publish(event)
    await db.execute(WRITE, event.id)


@stock.post("/outboxed")
async def outboxed(event: Event) -> None:
    async with db.transaction() as tx:
        await tx.execute(WRITE, event.id)
        await changed.publish(event, outbox=tx)


@stock.post("/outboxed-many")
async def outboxed_many(event: Event) -> None:
    async with db.transaction() as tx:
        await tx.execute(WRITE, event.id)
        await _announce([event], tx)


async def _announce(events, tx) -> None:
    await changed.publish_many(events, outbox=tx)


@stock.post("/exclusive")
async def exclusive(event: Event) -> None:
    if event.id > 1:
        await db.execute(WRITE, event.id)
    else:
        await changed.publish(event)


@stock.post("/returned")
async def returned(event: Event) -> None:
    if event.id > 1:
        await db.execute(WRITE, event.id)
        return
    await changed.publish(event)


@stock.post("/read")
async def read_only(event: Event) -> None:
    await db.fetch_one(READ, event.id)
    await changed.publish(event)


@stock.post("/elsewhere")
async def elsewhere(event: Event) -> None:
    """What the endpoint does after this is its own."""
    await db.execute(WRITE, event.id)
    await read_only(event)


@stock.subscribe(changed, "log")
async def log(event: Event) -> None:
    print(event.id)
