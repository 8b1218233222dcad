from __future__ import annotations

from typing import TYPE_CHECKING

import shop.orders.http.v1.routes as routes
from shop.orders.fast import checked as fast_checked
from shop.payload import Event
from shop.stock import stock
from shop.stock.alarms import alarm

if TYPE_CHECKING:
    from infragraph import Topic


@stock.post("/restock")
async def restock(event: Event) -> None:
    await routes.place(event)


@stock.post("/signal")
async def signal(event: Event) -> None:
    await send(alarm, event)


@stock.post("/signal-fast")
async def signal_fast(event: Event) -> None:
    await send(fast_checked, event)


async def send(topic: Topic[Event], event: Event) -> None:
    await topic.publish(event)
