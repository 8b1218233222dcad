from contextlib import asynccontextmanager, contextmanager

from app import events
from app.payload import Event


@contextmanager
def given(topic):
    yield topic


@asynccontextmanager
async def announced(topic, event):
    yield None
    await topic.publish(event)


class Opened:
    def __init__(self, topic):
        self._topic = topic

    async def __aenter__(self):
        return self._topic

    async def __aexit__(self, *_):
        await events.d.publish(Event(0))


async def each():
    yield events.a
    yield events.b


def both():
    yield from (events.c, events.d)
