from infragraph import Service

wall = Service("wall")


async def strike(topic, event) -> None:
    await topic.publish(event)
