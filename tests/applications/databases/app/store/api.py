from infragraph import Transaction

from app.payload import Event
from app.store import changed, db, handled, pool, sql, store
from app.store.sql import Statements


@store.get("/all")
async def all_items() -> None:
    await db.fetch(sql.ALL)


@store.get("/one/{id}")
async def one(id: int) -> None:
    await db.fetch_one(sql.ONE, id)


@store.get("/sorted")
async def in_order() -> None:
    query = sql.ALL
    await db.fetch(f"{query} order by id")


@store.get("/count")
async def count() -> None:
    await db.fetch_one(sql.COUNT)


@store.post("/remove")
async def remove(event: Event) -> None:
    await db.execute(sql.REMOVE, event.id)


@store.post("/touch")
async def touch(event: Event) -> None:
    await db.fetch_one(Statements.TOUCH, event.id)


@store.post("/move")
async def move(event: Event) -> None:
    await db.fetch_one(sql.MOVE, event.id)


@store.post("/copy")
async def copy(event: Event) -> None:
    await db.execute(sql.COPY, event.id)


@store.post("/both")
async def read_and_write(event: Event) -> None:
    if await db.fetch_one(sql.ONE, event.id) is None:
        await db.execute("insert into items (id, name) values ($1, '')", event.id)


@store.post("/either")
async def either(event: Event) -> None:
    await db.execute(sql.ONE if event.id else sql.REMOVE, event.id)


@store.get("/table/{name}")
async def table(name: str) -> None:
    await db.fetch(f"select id from {name}")


@store.post("/connected")
async def connected(event: Event) -> None:
    async with db.connect() as connection, connection.transaction() as tx:
        await tx.execute(sql.REMOVE, event.id)


@store.get("/held/{id}")
async def held(id: int) -> None:
    context = db.connect()
    async with context as connection:
        await connection.fetch_one(sql.ONE, id)


@store.post("/helped")
async def helped(event: Event) -> None:
    async with db.transaction() as tx:
        await _remove(tx, event)


@store.post("/announced")
async def announced(event: Event) -> None:
    async with db.transaction() as tx:
        await _remove(tx, event)
        await _announce(event, within=tx)


async def _remove(tx: Transaction, event: Event) -> None:
    await tx.execute(sql.REMOVE, event.id)


async def _announce(event: Event, *, within: Transaction) -> None:
    await changed.publish(event, outbox=within)


@store.subscribe(changed, "mark", inbox=handled)
async def mark(event: Event) -> None:
    print(event.id)


@store.post("/driver")
async def driver(event: Event) -> None:
    connection = await pool.driver_connection()
    await connection.execute("insert into anything values (1)")


@store.get("/engine")
async def engine() -> None:
    _engine()


def _engine() -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    create_async_engine("postgresql+asyncpg://", async_creator=pool.driver_connection)


@store.get("/url")
async def url() -> None:
    print(len(pool.url))
