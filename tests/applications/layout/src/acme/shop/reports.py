from acme_lib.payload import Event
from infragraph import Bucket, Service

from acme.shop.orders.events import placed
from acme.shop.orders.refunds.deep.events import refunded
from acme.shop.reports_helper import write

reports = Service("reports")
pages = Bucket("pages")


@reports.subscribe(placed, "count")
@reports.subscribe(refunded, "count")
async def count(event: Event) -> None:
    await write(pages, event)


async def clear() -> None:
    """Nothing calls this: it belongs to the service of this one module."""
    await pages.delete("all")
