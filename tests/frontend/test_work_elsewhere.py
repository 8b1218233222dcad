"""Functions and topics handed to threads, tasks, queues and functions made of functions."""

import pytest

from tests.frontend.publishing import published

SETUP = """
import asyncio
import contextlib
import functools
import operator
import queue
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from multiprocessing import Pool
from contextvars import ContextVar

CURRENT = ContextVar("current", default=b)
EMPTY = ContextVar("empty")
EMPTY.set(c)

def send(topic, event):
    topic.publish_sync(event)

def chosen():
    return a

async def found():
    return d

def took():
    topic = yield
    topic.publish_sync(1)

def returning():
    yield 1
    return b

def passed_on(event):
    topic = yield from returning()
    topic.publish_sync(event)

class Failed(Exception):
    def __init__(self, topic):
        self.topic = topic

def fail():
    raise Failed(c)

class Row:
    def __iter__(self):
        return iter((d, 1))

class Worker(threading.Thread):
    def __init__(self, topic):
        super().__init__()
        self.topic = topic

    def run(self):
        self.topic.publish_sync(1)

class Sender:
    def send(self, event, *, topic):
        topic.publish_sync(event)

    send_c = functools.partialmethod(send, topic=c)

@functools.singledispatch
def handle(event):
    raise TypeError(event)

@handle.register
def _(event: Event):
    b.publish_sync(event)

@handle.register(int)
def _(event):
    c.publish_sync(event)
"""

RUN = {
    "a thread": ("threading.Thread(target=send, args=(b, event)).start()", "b"),
    "a thread by keywords": (
        "threading.Thread(target=send, kwargs={'topic': c, 'event': event}).start()",
        "c",
    ),
    "a timer": ("threading.Timer(5, send, [a, event]).start()", "a"),
    "an object that is a thread": ("Worker(d).start()", "d"),
    "an executor's map": (
        "ThreadPoolExecutor().map(lambda topic: send(topic, event), [a, d])",
        "ad",
    ),
    "an executor's submit": ("ThreadPoolExecutor().submit(send, c, event)", "c"),
    "a future's result": ("ThreadPoolExecutor().submit(chosen).result().publish_sync(event)", "a"),
    "futures as they complete": (
        (
            "pool = ThreadPoolExecutor()\n"
            "for future in as_completed([pool.submit(chosen)]):\n    send(future.result(), event)"
        ),
        "a",
    ),
    "an event loop's executor": (
        "await asyncio.get_running_loop().run_in_executor(None, send, a, event)",
        "a",
    ),
    "what an executor gives back": (
        (
            "topic = await asyncio.get_running_loop().run_in_executor(None, chosen)\n"
            "topic.publish_sync(event)"
        ),
        "a",
    ),
    "a task group": (
        (
            "async with asyncio.TaskGroup() as group:\n    task = group.create_task(found())\n"
            "task.result().publish_sync(event)"
        ),
        "d",
    ),
    "an awaited task": (
        "task = asyncio.create_task(found())\nawait (await task).publish(event)",
        "d",
    ),
    "what is gathered": (
        (
            "one, two = await asyncio.gather(asyncio.to_thread(chosen), found())\n"
            "await two.publish(event)"
        ),
        "d",
    ),
    "a context variable's default": ("await CURRENT.get().publish(event)", "b"),
    "a context variable that is set": ("await EMPTY.get().publish(event)", "c"),
    "a queue": ("q = queue.Queue()\nq.put(c)\nsend(q.get(), event)", "c"),
    "an asynchronous queue": (
        "q = asyncio.Queue()\nawait q.put(c)\nsend(await q.get(), event)",
        "c",
    ),
    "a tuple in a priority queue": (
        "q = queue.PriorityQueue()\nq.put((1, a))\nn, topic = q.get()\nsend(topic, event)",
        "a",
    ),
    "a weak reference": ("weakref.ref(b)().publish_sync(event)", "b"),
    "an exit stack": (
        (
            "with contextlib.ExitStack() as stack:\n"
            "    topic = stack.enter_context(contextlib.nullcontext(a))\n    send(topic, event)"
        ),
        "a",
    ),
    "a callback of an exit stack": (
        "with contextlib.ExitStack() as stack:\n    stack.callback(send, b, event)",
        "b",
    ),
    "a partial method": ("Sender().send_c(event)", "c"),
    "a generic function": ("handle(event)", "bc"),
    "what a generator is sent": ("sent = took()\nnext(sent)\nsent.send(a)", "a"),
    "what a generator returns": ("list(passed_on(event))", "b"),
    "what an error holds": (
        "try:\n    fail()\nexcept Failed as failed:\n    send(failed.topic, event)",
        "c",
    ),
    "a pool's rows": ("Pool().starmap(send, [(a, 1), (b, 2)])", "ab"),
    "an iterable object": ("send(*Row())", "d"),
    "futures that are waited for": (
        (
            "done, pending = wait([ThreadPoolExecutor().submit(chosen)])\n"
            "for one in done:\n    send(one.result(), event)"
        ),
        "a",
    ),
    "a method caller": ("operator.methodcaller('publish_sync', event)(d)", "d"),
    "a reduced row of functions": ("functools.reduce(lambda x, f: f(a, event), [send], 0)", "a"),
}


@pytest.mark.parametrize(("body", "expected"), RUN.values(), ids=RUN)
def test_work_that_is_run_elsewhere_counts_where_it_is_started(body: str, expected: str) -> None:
    # What no other line of this endpoint starts is the service's, in brackets behind it.
    found, _, _ = published(body, SETUP).partition("(")

    assert found == expected
