import acme_lib

from acme.shop.orders.refunds.deep import events


async def repair() -> None:
    """Nothing calls this: it belongs to the nearest service above."""
    await acme_lib.ledger.fetch("select id from entries")
    await events.refunded.publish_many([])
