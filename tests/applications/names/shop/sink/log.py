import shop.stock
from shop.orders import fast, slow
from shop.orders.events import audit, declared, extra
from shop.payload import Event
from shop.sink import sink
from shop.stock.alarms import alarm, unheard


@sink.subscribe(declared.placed, "log")
@sink.subscribe(declared.shipped, "log")
@sink.subscribe(declared.returned, "log")
@sink.subscribe(declared.internal, "log")
@sink.subscribe(audit.internal, "log")
@sink.subscribe(extra.paid, "log")
@sink.subscribe(shop.stock.levels, "log")
@sink.subscribe(alarm, "log")
@sink.subscribe(unheard, "log")
@sink.subscribe(fast.outlet, "log")
@sink.subscribe(fast.spare, "log")
@sink.subscribe(fast.checked, "log")
@sink.subscribe(slow.outlet, "log")
@sink.subscribe(slow.spare, "log")
@sink.subscribe(slow.checked, "log")
async def log(event: Event) -> None:
    print(event.id)
