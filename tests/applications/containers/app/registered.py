from app import app
from app.events import a, b, c, d
from app.payload import Event
from app.registry import HANDLERS, LISTENERS, Plugin, listens, register


@register("a")
async def on_a(event: Event) -> None:
    await a.publish(event)


@register("b")
async def on_b(event: Event) -> None:
    await b.publish(event)


@listens
async def on_any(event: Event) -> None:
    await c.publish(event)


class Loud(Plugin):
    async def run(self, event: Event) -> None:
        await d.publish(event)


@app.post("/dispatch/{name}")
async def dispatch(name: str, event: Event) -> None:
    await HANDLERS[name](event)


@app.post("/listen")
async def listen(event: Event) -> None:
    for listener in LISTENERS:
        await listener(event)


@app.post("/plugins")
async def plugins(event: Event) -> None:
    for plugin in Plugin.known:
        await plugin().run(event)
