import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from contextvars import ContextVar
from functools import cache, lru_cache, partial, partialmethod, singledispatch, wraps
from queue import Queue
from typing import Protocol

import anyio
from infragraph import Topic

from app import app
from app.events import a, b, c, d
from app.payload import Event
from app.work import send, send_sync

CURRENT: ContextVar[Topic[Event]] = ContextVar("current", default=b)


@app.post("/group")
async def group(event: Event) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(send(a, event))


@app.post("/nursery")
async def nursery(event: Event) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(send, b, event)


@app.post("/wait-for")
async def wait_for(event: Event) -> None:
    async with asyncio.timeout(5):
        await asyncio.wait_for(send(c, event), timeout=1)


@app.post("/shield")
async def shield(event: Event) -> None:
    await asyncio.shield(asyncio.ensure_future(send(d, event)))


@app.post("/executor")
async def executor(event: Event) -> None:
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, send_sync, a, event)


@app.post("/executor-partial")
async def executor_partial(event: Event) -> None:
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, partial(send_sync, event=event, topic=b))


@app.post("/submitted")
def submitted(event: Event) -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(send_sync, c, event)


@app.post("/pool-map")
def pool_map(event: Event) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda topic: send_sync(topic, event), [a, d]))


@app.post("/thread")
def in_thread(event: Event) -> None:
    thread = threading.Thread(target=send_sync, args=(b, event))
    thread.start()


@app.post("/thread-keywords")
def in_thread_by_name(event: Event) -> None:
    threading.Thread(target=send_sync, kwargs={"topic": c, "event": event}).start()


@app.post("/callback")
async def callback(event: Event) -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(lambda _: send_sync(d, event))
    await task


@app.post("/stack")
async def stack(event: Event) -> None:
    async with AsyncExitStack() as stack:
        topic = await stack.enter_async_context(opened(a))
        await topic.publish(event)


@asynccontextmanager
async def opened(topic: Topic[Event]):
    try:
        yield topic
    finally:
        print("closed")


@app.post("/context-variable")
async def context_variable(event: Event) -> None:
    await CURRENT.get().publish(event)


@app.post("/queue")
def queued(event: Event) -> None:
    queue: Queue[Topic[Event]] = Queue()
    queue.put(c)
    queue.get().publish_sync(event)


@app.post("/cached")
async def cached(event: Event) -> None:
    await chosen().publish(event)
    await chosen_of("x").publish(event)


@cache
def chosen() -> Topic[Event]:
    return a


@lru_cache(maxsize=8)
def chosen_of(_name: str) -> Topic[Event]:
    return d


@app.post("/dispatched")
async def dispatched(event: Event) -> None:
    await handle(event)


@singledispatch
async def handle(event) -> None:
    raise TypeError(event)


@handle.register
async def _(event: Event) -> None:
    await b.publish(event)


class Sender:
    async def send(self, event: Event, *, topic: Topic[Event]) -> None:
        await topic.publish(event)

    send_c = partialmethod(send, topic=c)


@app.post("/partial-method")
async def partial_method(event: Event) -> None:
    await Sender().send_c(event)


class Target(Protocol):
    async def deliver(self, event: Event) -> None: ...


class ToA:
    async def deliver(self, event: Event) -> None:
        await a.publish(event)


class ToB:
    async def deliver(self, event: Event) -> None:
        await b.publish(event)


async def deliver(target: Target, event: Event) -> None:
    await target.deliver(event)


@app.post("/protocol-a")
async def protocol_a(event: Event) -> None:
    await deliver(ToA(), event)


@app.post("/protocol-b")
async def protocol_b(event: Event) -> None:
    await deliver(target=ToB(), event=event)


def with_retries(times: int):
    def decorate(function):
        @wraps(function)
        async def wrapper(*args, **kwargs):
            for _ in range(times):
                with suppress(ConnectionError):
                    return await function(*args, **kwargs)

        return wrapper

    return decorate


@with_retries(3)
async def resent(topic: Topic[Event], event: Event) -> None:
    await topic.publish(event)


@app.post("/retried-a")
async def retried_a(event: Event) -> None:
    await resent(a, event)


@app.post("/retried-b")
async def retried_b(event: Event) -> None:
    await resent(event=event, topic=b)
