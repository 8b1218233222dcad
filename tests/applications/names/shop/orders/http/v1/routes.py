import shop.orders.events.declared as raw
import shop.stock.alarms
from shop.stock import api as stock_api

from .... import payload as shapes
from ... import events, orders
from ...events import shipped as sent
from .. import common
from ..common import announce as tell


@orders.post("/place")
async def place(event: shapes.Event) -> None:
    await events.placed.publish(event)


@orders.post("/ship")
async def ship(event: shapes.Event) -> None:
    await sent.publish(event)


@orders.post("/give-back")
async def give_back(event: shapes.Event) -> None:
    await events.returned.publish(event)


@orders.post("/audit")
async def audit(event: shapes.Event) -> None:
    await events.internal.publish(event)


@orders.post("/inside")
async def inside(event: shapes.Event) -> None:
    await raw.internal.publish(event)


@orders.post("/alarm")
async def alarm(event: shapes.Event) -> None:
    await shop.stock.alarms.alarm.publish(event)


@orders.post("/announce")
async def announce(event: shapes.Event) -> None:
    await tell(event)


@orders.post("/announce-too")
async def announce_too(event: shapes.Event) -> None:
    await common.announce(event)


@orders.post("/refill")
async def refill(event: shapes.Event) -> None:
    await stock_api.restock(event)
