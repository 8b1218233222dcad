from shop.orders import orders
from shop.orders.compat import checked, outlet, spare
from shop.orders.events.extra import *
from shop.payload import Event


@orders.post("/pay")
async def pay(event: Event) -> None:
    await paid.publish(event)
    await returned.publish(event)


@orders.post("/either")
async def either(event: Event) -> None:
    await outlet.publish(event)


@orders.post("/spare")
async def either_version(event: Event) -> None:
    await spare.publish(event)


@orders.post("/checked")
async def run_time_only(event: Event) -> None:
    await checked.publish(event)
