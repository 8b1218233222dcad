import importlib
import pickle

from infragraph import Topic

from app import app, events, lazy
from app.payload import Event


@app.post("/named/{name}")
async def named(name: str, event: Event) -> None:
    await getattr(events, name).publish(event)


@app.post("/imported/{name}")
async def imported(name: str, event: Event) -> None:
    module = importlib.import_module(f"app.{name}")
    await module.a.publish(event)


@app.post("/lazy")
async def made_late(event: Event) -> None:
    await lazy.topic.publish(event)


@app.post("/typed")
async def typed(event: Event) -> None:
    topic: Topic[Event] = pickle.loads(b"")
    await topic.publish(event)


async def orphan(topic: Topic[Event], event: Event) -> None:
    await topic.publish(event)


@app.post("/stated/{name}")
async def stated(name: str, event: Event) -> None:
    await getattr(events, name).publish(event)  # infragraph: uses[publishes topic:c]


@app.post("/stated-above/{name}")
async def stated_above(name: str, event: Event) -> None:
    await helper(name, event)


async def helper(name: str, event: Event) -> None:
    # infragraph: uses[publishes topic:a]
    await getattr(events, name).publish(event)
