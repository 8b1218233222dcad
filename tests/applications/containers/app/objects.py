from app import app
from app.events import a, b, c, d
from app.payload import Event


class Table:
    def __init__(self, **topics):
        self._topics = topics

    def __getitem__(self, name):
        return self._topics[name]

    def __iter__(self):
        return iter(self._topics.values())

    def __getattr__(self, name):
        return self._topics[name]


class Stream:
    def __init__(self, *topics):
        self._topics = topics

    async def __aiter__(self):
        for topic in self._topics:
            yield topic


class Described:
    """A descriptor."""

    def __init__(self, topic):
        self._topic = topic

    def __get__(self, instance, owner):
        return self._topic


class Holder:
    topic = Described(d)


TABLE = Table(a=a, b=b)
ONE = Table(a=a)


@app.post("/item")
async def item(event: Event) -> None:
    await ONE["a"].publish(event)


@app.post("/iterated")
async def iterated(event: Event) -> None:
    for topic in TABLE:
        await topic.publish(event)


@app.post("/streamed")
async def streamed(event: Event) -> None:
    async for topic in Stream(c, d):
        await topic.publish(event)


@app.post("/described")
async def described(event: Event) -> None:
    await Holder().topic.publish(event)
