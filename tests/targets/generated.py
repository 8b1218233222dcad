"""Applications of any size, made by a seed: what generators have to stand up to."""

from collections.abc import Iterator, Mapping
from random import Random

_WORDS = ("order", "stock", "price", "parcel", "invoice", "account", "label", "claim", "review")

_DELIVERIES = (
    "",
    ', ordering_key="key"',
    ', delivery="exactly-once"',
    ', ordering_key="key", delivery="exactly-once"',
)

_SUBSCRIPTIONS = (
    "",
    ", concurrency=3",
    ', ack_deadline="2m"',
    ', retry=Retry(max_attempts=12, min_backoff="5s", max_backoff="1h")',
    ', filter={"country": ("NL", "BE")}',
    ', retention="2d"',
    ", dead_letter=False",
)

_CRONS = ('every="1h"', 'every="15m"', 'schedule="30 3 * * 1-5", timezone="Europe/Amsterdam"')


def application(services: int, seed: int) -> Mapping[str, str]:
    """The files of an application with so many services, each with something of every kind."""
    random = Random(seed)  # noqa: S311 - the same application for the same seed
    names = [f"{_WORDS[at % len(_WORDS)]}-{at}" for at in range(services)]
    files = {"app/__init__.py": ""}
    for at, name in enumerate(names):
        package = f"app/{_identifier(name)}"
        neighbours = [names[(at + step) % services] for step in (1, 2)]
        files[f"{package}/__init__.py"] = _service(name)
        files[f"{package}/things.py"] = "\n".join(_things(random, name, neighbours))
        files[f"{package}/api.py"] = "\n".join(_handlers(random, name, neighbours))
    return files


def _service(name: str) -> str:
    return f'from infragraph import Service\n\nservice = Service("{name}")\n'


def _things(random: Random, name: str, neighbours: list[str]) -> Iterator[str]:
    shared = f', shared_with=("{neighbours[0]}",)' if random.random() < 0.3 else ""
    yield "from dataclasses import dataclass"
    yield "from typing import Annotated"
    yield "from infragraph import Attribute, Bucket, Secret, SQLDatabase, Topic"
    yield ""
    yield "@dataclass(frozen=True)"
    yield "class Event:"
    yield "    key: str"
    yield "    country: Attribute[str]"
    yield ""
    yield f'topic = Topic[Event]("{name}-events"{random.choice(_DELIVERIES)})'
    yield f'database = SQLDatabase("{name}", migrations=None{shared})'
    yield (
        f'bucket = Bucket("{name}-files", versioned={random.random() < 0.5}, '
        f"public={random.random() < 0.1})"
    )
    yield f'secret = Secret("{_identifier(name).upper()}_KEY")'
    yield ""


def _handlers(random: Random, name: str, neighbours: list[str]) -> Iterator[str]:
    package = f"app.{_identifier(name)}"
    yield "from infragraph import Retry"
    yield f"from {package} import service"
    yield f"from {package}.things import Event, bucket, database, secret, topic"
    for at, other in enumerate(neighbours):
        yield f"from app.{_identifier(other)}.things import Event as Event{at}, topic as topic{at}"
    yield ""
    yield f'@service.post("/{name}/things", access="{random.choice(("public", "private"))}")'
    yield "async def create(key: str) -> None:"
    yield '    await database.execute("insert into things (key) values ($1)", key)'
    yield "    await bucket.upload(key, secret.get().encode())"
    yield '    await topic.publish(Event(key=key, country="NL"))'
    yield ""
    yield f'@service.cron("{name}-sweep", {random.choice(_CRONS)})'
    yield "async def sweep() -> None:"
    yield '    await database.execute("delete from things")'
    yield ""
    for at in range(len(neighbours)):
        options = random.choice(_SUBSCRIPTIONS)
        yield f'@service.subscribe(topic{at}, "{name}-handles"{options})'
        yield f"async def handle{at}(event: Event{at}) -> None:"
        yield "    await bucket.download(event.key)"
        yield ""


def _identifier(name: str) -> str:
    return name.replace("-", "_")
