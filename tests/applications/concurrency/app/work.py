"""Nothing here names the library or a topic."""


async def send(topic, event):
    await topic.publish(event)


def send_sync(topic, event):
    topic.publish_sync(event)
