from infragraph import Topic

from app.game import ping
from app.payload import Event
from app.wall import strike, wall

pong = Topic[Event]("pong")


@wall.subscribe(ping, "bounce")
async def bounce(event: Event) -> None:
    await strike(pong, event)
