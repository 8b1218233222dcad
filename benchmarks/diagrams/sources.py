"""Applications of a round number of nodes: ten to a service, most of what they do within it."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

PER_SERVICE = 10

_PAYLOAD = """\
from dataclasses import dataclass


@dataclass
class Change:
    id: str
"""

_EVENTS = """\
from app.payload import Change
from infragraph import Topic

placed = Topic[Change]("placed-{number}")
ended = Topic[Change]("ended-{number}")
"""

_SERVICE = """\
from app.part_{number}.events import ended, placed
{imports}
from app.payload import Change
from infragraph import Service, SQLDatabase

part = Service("part-{number}")
rows = SQLDatabase("rows-{number}", migrations=None)


@part.post("/part-{number}", access="public")
async def place(change: Change) -> None:
    await placed.publish(change)


@part.get("/part-{number}", access="private")
async def read() -> None:
    await rows.fetch_one("select id from changes")


@part.post("/part-{number}/end", access="public")
async def end(change: Change) -> None:
    await rows.execute("update changes set id = $1", change.id)
{calls}

@part.cron("sweep-{number}", every="1h")
async def sweep() -> None:
    await ended.publish(Change("sweep"))


@part.subscribe({own}, "count-{number}")
async def count(change: Change) -> None:
    await rows.execute("insert into counts values ($1)", change.id)


@part.subscribe({other}, "follow-{number}")
async def follow(change: Change) -> None:
    await rows.fetch_one("select id from changes")
"""


def sources(nodes: int, *, is_tangled: bool = False) -> Mapping[str, str]:
    """Services are a tree of who follows whom; where they are tangled, anybody follows anybody."""
    assert nodes % PER_SERVICE == 0, "a service has ten nodes"
    return dict(_files(nodes // PER_SERVICE, is_tangled=is_tangled))


def _files(services: int, *, is_tangled: bool) -> Iterator[tuple[str, str]]:
    random = Random(services)  # noqa: S311 - the same application on every run
    yield "infragraph.yaml", "application: app\n"
    yield "app/__init__.py", ""
    yield "app/payload.py", _PAYLOAD
    for number in range(services):
        others = (
            random.sample(range(services), min(3, services)) if is_tangled else [(number - 1) // 3]
        )
        yield f"app/part_{number}/events.py", _EVENTS.format(number=number)
        yield f"app/part_{number}/__init__.py", _service(number, others)


def _service(number: int, others: Sequence[int]) -> str:
    """It follows the first of the others, publishes to the rest, and every third calls one."""
    known = [other for other in others if 0 <= other != number]
    imports = [f"from app.part_{it}.events import placed as placed_{it}" for it in known]
    calls = "".join(f"    await placed_{it}.publish(change)\n" for it in known[1:])
    if known and number % 3 == 1:
        imports.append(f"from app.part_{known[0]} import read as read_other")
        calls += "    await read_other()\n"
    return _SERVICE.format(
        number=number,
        imports="\n".join(imports),
        calls=calls,
        own="placed",
        other=f"placed_{known[0]}" if known else "ended",
    )
