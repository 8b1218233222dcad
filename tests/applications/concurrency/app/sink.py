from app import app
from app.events import a, b, c, d
from app.payload import Event


@app.subscribe(a, "log")
@app.subscribe(b, "log")
@app.subscribe(c, "log")
@app.subscribe(d, "log")
async def log(event: Event) -> None:
    print(event.id)
