from app import app, events, holders
from app.payload import Event
from app.publishers import (
    AuditedBlue,
    Cached,
    Computed,
    Fixed,
    FixedBlue,
    Late,
    Publisher,
    Quiet,
    Twice,
)


@app.post("/red")
async def red(event: Event) -> None:
    await holders.red_publisher.send(event)


@app.post("/blue")
async def blue(event: Event) -> None:
    await holders.blue_publisher.send(event)


@app.post("/green")
async def green(event: Event) -> None:
    await Publisher.of_green().send(event)


@app.post("/static")
async def static(event: Event) -> None:
    await Publisher.send_white(event)


@app.post("/twice")
async def twice(event: Event) -> None:
    await Twice(events.green).send(event)


@app.post("/quiet")
async def quiet(event: Event) -> None:
    await Quiet(events.green).send(event)


@app.post("/fixed")
async def fixed(event: Event) -> None:
    await Fixed().send(event)


@app.post("/fixed-blue")
async def fixed_blue(event: Event) -> None:
    await FixedBlue().send(event)


@app.post("/computed")
async def computed(event: Event) -> None:
    await Computed().send(event)


@app.post("/cached")
async def cached(event: Event) -> None:
    await Cached().send(event)


@app.post("/audited")
async def audited(event: Event) -> None:
    await AuditedBlue().send(event)


@app.post("/called")
async def called(event: Event) -> None:
    await holders.call_red(event)


@app.post("/late")
async def late(event: Event) -> None:
    await Late().connect().send(event)


@app.post("/held")
async def held(event: Event) -> None:
    await holders.dependencies.topic.publish(event)


@app.post("/backup")
async def backup(event: Event) -> None:
    await holders.dependencies.backup.publish(event)


@app.post("/made")
async def made(event: Event) -> None:
    await holders.dependencies.publisher.send(event)


@app.post("/second")
async def second(event: Event) -> None:
    await holders.pair.second.publish(event)


@app.post("/unpacked")
async def unpacked(event: Event) -> None:
    first, _ = holders.pair
    await first.publish(event)


@app.post("/passed")
async def passed(event: Event) -> None:
    await pass_on(Publisher(events.white), event)


async def pass_on(publisher: Publisher, event: Event) -> None:
    await publisher.send(event)


@app.subscribe(events.red, "log")
@app.subscribe(events.green, "log")
@app.subscribe(events.blue, "log")
@app.subscribe(events.black, "log")
@app.subscribe(events.white, "log")
async def log(event: Event) -> None:
    print(event.id)
