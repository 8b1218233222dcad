from app import app
from app.events import Event, good


@app.post("/send")
async def send(event: Event) -> None:
    await good.publish(event)


@app.subscribe(good, "log")
async def log(event: Event) -> None:
    print(event.id)
