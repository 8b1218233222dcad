from datetime import timedelta

from app import events, numbers
from app.naming import Name, Workers
from app.numbers import DEADLINE, FEW, HOURS, MANY, PATIENT
from app.payload import Event
from app.service import main

BASE = "/v1"
ITEM = BASE + "/items"
JOB = f"{Name.MADE}-job"


@main.post(f"{ITEM}/{{id}}", timeout=timedelta(seconds=HOURS), name="put_" + "item", tags=("a", BASE))
async def put(id: int, event: Event) -> None:
    await events.f_string.publish(event)
    await events.percent.publish(event)
    await events.formatted.publish(event)
    await events.joined.publish(event)
    await events.made.publish(event)
    await events.sold.publish(event)
    await events.lost.publish(event)
    await events.settings.publish(event)
    await events.inner.publish(event)
    await events.production.publish(event)


@main.subscribe(events.f_string, "log", concurrency=FEW * 2 + 1, ack_deadline=DEADLINE, retry=PATIENT)
@main.subscribe(events.percent, name="l" + "og", concurrency=Workers.MANY, retry=numbers.PATIENT)
@main.subscribe(events.formatted, "log", concurrency=MANY)
@main.subscribe(events.joined, "log")
@main.subscribe(events.made, "log")
@main.subscribe(events.sold, "log")
@main.subscribe(events.lost, "log")
@main.subscribe(events.settings, "log")
@main.subscribe(events.inner, "log")
@main.subscribe(events.production, "log")
async def log(event: Event) -> None:
    print(event.id)


@main.cron(JOB, every=f"{HOURS * 2}h")
@main.cron("tick", every=timedelta(minutes=HOURS * 5))
async def tick() -> None:
    print("tick")
