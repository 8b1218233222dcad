import importlib

from app import app, events
from app.events import a
from app.payload import Event

NAME = "b"


@app.post("/literal")
async def literal(event: Event) -> None:
    await getattr(events, "a").publish(event)


@app.post("/constant")
async def constant(event: Event) -> None:
    await getattr(events, NAME, None).publish(event)


@app.post("/verb")
async def verb(event: Event) -> None:
    await getattr(a, "publish")(event)


@app.post("/module")
async def module(event: Event) -> None:
    found = importlib.import_module("app.events")
    await found.c.publish(event)


@app.post("/relative")
async def relative(event: Event) -> None:
    await importlib.import_module(".events", package="app").b.publish(event)
