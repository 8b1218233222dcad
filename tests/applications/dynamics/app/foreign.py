"""Verbs of the same names that belong to other libraries: none of them is reported."""

import os
import sqlite3
from collections import OrderedDict

import httpx
import redis
import requests

from app import app, events
from app.payload import Event

cache = OrderedDict()
client = redis.Redis()


class Registry:
    def get(self, name: str) -> str:
        return name

    def list(self) -> list[str]:
        return []


registry = Registry()


@app.post("/foreign")
async def foreign(event: Event) -> None:
    print(os.environ.get("HOME"), cache.get("x"), {}.get("y"), registry.get("z"))
    print(requests.get("https://example.org"), registry.list())
    client.publish("channel", event.id)
    client.delete("key")
    client.pubsub().publish("channel", event.id)
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table everything (id integer)")
    async with httpx.AsyncClient() as session:
        print(await session.get("https://example.org"))
    anything(client)
    print(events.token.get())


def anything(thing) -> None:
    thing.publish("x")
    thing.execute("y")
    print(thing.get(), thing.list(), thing.upload())


def nothing(thing) -> None:
    thing.publish("nobody calls this")


@app.subscribe(events.a, "log")
@app.subscribe(events.b, "log")
@app.subscribe(events.c, "log")
async def log(event: Event) -> None:
    print(event.id)
