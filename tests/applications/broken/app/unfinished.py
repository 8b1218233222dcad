from app.events import Event, good


async def send(event: Event) -> None:
    await good.publish(event)


value = = 1
