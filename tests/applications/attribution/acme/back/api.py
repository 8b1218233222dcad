from acme.back import back
from acme.back.events import received
from acme.front import started, stopped
from acme.lib import inner
from acme.lib.resources import deep, journal, key, looped
from acme.payload import Event


@back.post("/receive")
async def receive(event: Event) -> None:
    await received.publish(event)


@back.post("/relay")
async def relay(event: Event) -> None:
    await receive(event)


@back.subscribe(deep, "store")
async def on_deep(event: Event) -> None:
    """Also called as a plain function, by another service."""
    await inner.store(event)
    await _note(event)


async def _note(event: Event) -> None:
    await journal.execute("insert into entries (id) values ($1)", event.id)


@back.subscribe(started, "log")
@back.subscribe(stopped, "log")
@back.subscribe(looped, "log")
@back.subscribe(received, "log")
async def log(event: Event) -> None:
    print(event.id)


async def unused(event: Event) -> None:
    print(key.get())
    await relay(event)
