from collections.abc import Iterable

from infragraph import Topic

from app import app
from app.events import Event, plain

type Events = Iterable[Event]
type Sink[T] = Topic[T]

PARTS = {"name": "typed"}
typed = Topic[Event](f"{"typed"}-{f"{"topic"}"}")


class Holder[T]:
    def __init__(self, topic: Topic[T]) -> None:
        self.topic = topic

    async def send(self, event: T) -> None:
        await self.topic.publish(event)


async def forward[T](topic: Sink[T], event: T) -> None:
    await topic.publish(event)


@app.post("/held")
async def held(event: Event) -> None:
    await Holder(typed).send(event)


@app.post("/forwarded")
async def forwarded(event: Event) -> None:
    print(f"{event.id} of {", ".join(["a", 'b'])} \
        {"more"}")
    await forward(plain, event)


@app.subscribe(typed, "log")
@app.subscribe(plain, "log")
async def log[T: Event](event: Event) -> None:
    print(event.id)
