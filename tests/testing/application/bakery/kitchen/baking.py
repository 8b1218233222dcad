from bakery.kitchen import kitchen
from bakery.orders.api import count
from bakery.orders.events import Order, placed, reminders
from infragraph import Message, Retry, SQLDatabase

db = SQLDatabase("kitchen", migrations="migrations")


@kitchen.subscribe(
    placed, "bake", inbox=db, retry=Retry(max_attempts=3, min_backoff="10s", max_backoff="10s")
)
async def bake(message: Message[Order]) -> None:
    await db.execute(
        "insert into cakes (id, cake, attempt) values ($1, $2, $3)",
        message.body.id,
        message.body.cake,
        message.attempt,
    )


@kitchen.subscribe(reminders, "call-back", retry=Retry(max_attempts=2))
async def call_back(order: Order) -> None:
    await db.execute("insert into calls (id, orders) values ($1, $2)", order.id, await count())


@kitchen.on_startup
async def heat() -> None:
    await db.execute("insert into calls (id, orders) values (0, 0)")
