from app import app
from app.events import Event, plain
from app.generic import forward, typed


@app.post("/older")
async def older(event: Event) -> None:
    await forward(typed, event)
    await plain.publish(event)
