from shop.payload import Event


async def announce(event: Event) -> None:
    from shop.stock import levels  # the topic of that name in `__init__`, not the module

    await levels.publish(event)
