from infragraph import Message
from starlette.requests import Request
from starlette.responses import Response

from app import app
from app.events import audit, jobs, orders
from app.payload import Event
from app.wrapping import Counted, audited, retried

post = app.post
listen = app.subscribe


@app.post("/below")
@audited
async def below(event: Event) -> None:
    """The endpoint is the wrapper."""
    await jobs.publish(event)


@audited
@app.post("/above")
async def above(event: Event) -> None:
    """The endpoint is the function; its name is the wrapper's."""
    await jobs.publish(event)


@app.post("/calls-above")
async def calls_above(event: Event) -> None:
    await above(event)


@app.post("/calls-below")
async def calls_below(event: Event) -> None:
    await below(event)


@post("/aliased")
async def aliased(event: Event) -> None:
    await jobs.publish(event)


@app.post("/retried")
@retried(times=3)
@audited
async def twice_wrapped(event: Event) -> None:
    await orders.publish(event)


@app.post("/counted")
async def counted(event: Event) -> None:
    await in_class(event)


@Counted
async def in_class(event: Event) -> None:
    await orders.publish(event)


@app.post("/plain")
def plain(event: Event) -> None:
    orders.publish_sync(event)


@app.raw("POST", "/raw", access="public")
async def raw(request: Request) -> Response:
    await orders.publish(Event(len(await request.body())))
    return Response()


@app.cron("hourly", every="1h")
@app.post("/run", name="run_now")
async def run() -> None:
    await jobs.publish(Event(0))


@app.cron("nightly", schedule="0 3 * * *")
@app.cron("weekly", schedule="0 4 * * 0")
def clean() -> None:
    orders.publish_sync(Event(0))


async def refresh() -> None:
    await orders.publish(Event(1))


app.cron("refresh", every="30m")(refresh)


@listen(audit, "log")
@listen(jobs, "log")
async def log(message: Message[Event]) -> None:
    print(message.body.id, message.attempt)


class Consumer:
    @staticmethod
    @app.subscribe(orders, "consume")
    async def consume(event: Event) -> None:
        await audit.publish(event)


async def admin(scope, receive, send) -> None:
    await jobs.publish(Event(2))


app.mount("/admin", admin)
