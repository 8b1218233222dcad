from acme_lib import remember
from acme_lib.payload import Event

from acme.shop.orders.events import placed
from acme.shop.orders.service import orders


@orders.post("/place")
async def place(event: Event) -> None:
    await placed.publish(event)
    await remember(event)
