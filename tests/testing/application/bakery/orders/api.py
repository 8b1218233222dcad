from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request

from bakery.orders import orders
from bakery.orders.events import Order, placed, reminders
from infragraph import Bucket, Secret, SQLDatabase, Unauthenticated

db = SQLDatabase("orders", migrations="migrations")
pictures = Bucket("pictures")
key = Secret("OVEN_KEY")


@dataclass(frozen=True)
class Baker:
    name: str


@orders.auth_handler
async def authenticate(request: Request) -> Baker:
    if request.headers.get("authorization") != "flour":
        message = "say flour"
        raise Unauthenticated(message)
    return Baker("somebody")


@orders.post("/orders", access="public")
async def place(order: Order) -> Order:
    async with db.transaction() as tx:
        await tx.execute("insert into orders (id, cake) values ($1, $2)", order.id, order.cake)
        await placed.publish(order, outbox=tx)
    return order


@orders.post("/reminders")
async def remind(order: Order) -> None:
    async with db.transaction() as tx:
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        await reminders.publish(order, outbox=tx, not_before=tomorrow)


@orders.post("/announcements")
def announce(order: Order) -> None:
    reminders.publish_sync(order)


@orders.get("/me", access="auth")
async def me() -> str:
    return authenticate.caller().name


@orders.get("/count")
async def count() -> int:
    row = await db.fetch_one("select count(*) as count from orders")
    assert row is not None
    found: int = row["count"]
    return found


@orders.get("/lock")
async def lock() -> str:
    return key.get()


@orders.put("/pictures/{name}")
async def draw(name: str) -> str:
    await pictures.upload(name, b"cake", content_type="text/plain")
    return await pictures.signed_url(name)


@orders.cron("close-day", every="24h")
async def close_day() -> None:
    await db.execute("delete from orders")
