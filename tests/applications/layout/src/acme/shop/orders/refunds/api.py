from acme_lib.payload import Event
from acme_lib.store import kept, look

from acme.shop.orders.refunds import refunds
from acme.shop.orders.refunds.deep.events import refunded


@refunds.post("/refund")
async def refund(event: Event) -> None:
    await refunded.publish(event)


@refunds.cron("sweep", every="1h")
async def sweep() -> None:
    await look(Event(0))
    await kept.publish(Event(0))
