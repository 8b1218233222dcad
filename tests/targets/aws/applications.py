"""Small applications as texts: services that ask, call, publish, query and run by the clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

SHOP: Mapping[str, str] = {
    "users.py": """\
from dataclasses import dataclass

from infragraph import Service, SQLDatabase, Topic
from infragraph.sdk.auth import AuthHandler

users = Service("users")
db = SQLDatabase("users", migrations=None)


@dataclass(frozen=True)
class User:
    id: str


signups = Topic[User]("signups")


@users.post("/signup", access="public")
async def signup(name: str) -> User:
    await db.execute("insert into users values ($1)", name)
    user = User(name)
    await signups.publish(user)
    return user


@users.get("/users/{id}")
async def get_user(id: str) -> User:
    return User(id)
""",
    "mails.py": """\
from infragraph import Service

from users import User, get_user, signups

mails = Service("mails")


@mails.subscribe(signups, "welcome")
async def welcome(user: User) -> None:
    await get_user(user.id)


@mails.cron("tidy", every="24h")
async def tidy() -> None: ...
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A service of a generated application: `access` are those of its endpoints."""

    name: str
    access: Sequence[str] = ()
    calls: Iterable[str] = ()
    queries: Iterable[str] = ()
    publishes: Iterable[str] = field(default=())
    subscribes: Iterable[str] = field(default=())
    has_cron: bool = False


# Names of ours, so that it shows where a service's is taken for one of them.
_NAMES = ("load-balancer", "databases", "one", "two")


@st.composite
def drawn_services(draw: st.DrawFn) -> Sequence[Drawn]:
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=1, unique=True))
    topics = st.sets(st.sampled_from(["orders", "alarm"]))
    return [
        Drawn(
            name=name,
            access=draw(st.lists(st.sampled_from(["public", "private"]), max_size=2)),
            # Later ones alone, so that no two modules import each other.
            calls=draw(st.sets(st.sampled_from(names[at + 1 :]))) if names[at + 1 :] else (),
            queries=draw(st.sets(st.sampled_from(["orders", "stock"]))),
            publishes=draw(topics),
            subscribes=draw(topics),
            has_cron=draw(st.booleans()),
        )
        for at, name in enumerate(names)
    ]


def application(services: Sequence[Drawn]) -> Mapping[str, str]:
    """The source of drawn services: one module each, and one of databases and topics."""
    names = [it.name for it in services]
    databases = sorted({name for it in services for name in it.queries})
    topics = sorted({name for it in services for name in (*it.publishes, *it.subscribes)})
    shared = ["from dataclasses import dataclass", "", "from infragraph import SQLDatabase, Topic"]
    shared += ["", "@dataclass(frozen=True)", "class Event:", "    id: str", ""]
    shared += [
        f'{_variable(name)}_db = SQLDatabase("{name}", migrations=None, shared_with={tuple(names)})'
        for name in databases
    ]
    shared += [f'{_variable(name)}_topic = Topic[Event]("{name}")' for name in topics]
    files = {"shared.py": "\n".join([*shared, ""])}
    for service in services:
        files[f"{_variable(service.name)}.py"] = _module(service)
    return files


def _module(service: Drawn) -> str:
    own = _variable(service.name)
    lines = ["from infragraph import Service", "import shared"]
    lines += [f"import {_variable(name)}" for name in sorted(service.calls)]
    lines += ["", f'{own} = Service("{service.name}")', ""]
    uses = [f"    await {_variable(name)}.internal()" for name in sorted(service.calls)]
    uses += [f'    await shared.{_variable(it)}_db.execute("select 1")' for it in service.queries]
    uses += [
        f'    await shared.{_variable(name)}_topic.publish(shared.Event("x"))'
        for name in service.publishes
    ]
    lines += [f'@{own}.get("/{service.name}/internal")', "async def internal() -> None: ...", ""]
    lines += ["async def work() -> None:", *(uses or ["    return"]), ""]
    for number, access in enumerate(service.access):
        lines += [f'@{own}.get("/{service.name}/{number}", access="{access}")']
        lines += [f"async def endpoint{number}() -> None:", "    await work()", ""]
    for name in service.subscribes:
        lines += [f'@{own}.subscribe(shared.{_variable(name)}_topic, "{service.name}-{name}")']
        lines += [
            f"async def on_{_variable(name)}(event: shared.Event) -> None:",
            "    await work()",
            "",
        ]
    if service.has_cron:
        lines += [f'@{own}.cron("{service.name}-tick", every="1h")', "async def tick() -> None:"]
        lines += ["    await work()", ""]
    return "\n".join(lines)


def _variable(name: str) -> str:
    return name.replace("-", "_")
