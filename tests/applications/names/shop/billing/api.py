from shop.billing import billing
from shop.orders.events import extra
from shop.payload import Event

publish = extra.paid.publish


@billing.post("/bill")
async def bill(event: Event) -> None:
    await publish(event)
