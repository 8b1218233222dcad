from app.payload import Event
from app.stock import READ, WRITE, changed, db, stock


@stock.post("/after")
async def after(event: Event) -> None:
    await db.execute(WRITE, event.id)
    await changed.publish(event)


@stock.post("/after-block")
async def after_block(event: Event) -> None:
    async with db.transaction() as tx:
        await tx.execute(WRITE, event.id)
    await changed.publish(event)


@stock.post("/maybe")
async def maybe(event: Event) -> None:
    if event.id > 1:
        await db.execute(WRITE, event.id)
    print(await db.fetch(READ, event.id))
    await changed.publish(event)


@stock.post("/helped")
async def helped(event: Event) -> None:
    await _write(event)
    await changed.publish(event)


async def _write(event: Event) -> None:
    await db.execute(WRITE, event.id)


@stock.post("/helping")
async def helping(event: Event) -> None:
    await db.execute(WRITE, event.id)
    await _announce(event)


async def _announce(event: Event) -> None:
    await changed.publish(event)
