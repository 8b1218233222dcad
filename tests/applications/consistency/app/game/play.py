from app.game import again, game, over, ping
from app.payload import Event
from app.wall import strike
from app.wall.bounce import pong


@game.post("/serve")
async def serve(event: Event) -> None:
    await ping.publish(event)
    await again.publish(event)


@game.subscribe(pong, "return")
async def give_back(event: Event) -> None:
    await strike(ping, event)
    await over.publish(event)


@game.subscribe(again, "retry")
async def retry(event: Event) -> None:
    if event.id:
        await again.publish(event)


@game.subscribe(over, "score")
async def score(event: Event) -> None:
    print(event.id)
