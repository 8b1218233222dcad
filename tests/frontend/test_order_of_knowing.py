"""What is known late gives the same edges as what is known from the start."""

import pytest

from tests.compiling import compiled, edges

SERVICE = """\
from dataclasses import dataclass
from infragraph import Bucket, Service, SQLDatabase, Topic
s = Service("s")
db = SQLDatabase("db", migrations=None)
raw = Bucket("raw")
t = Topic[str]("t")
u = Topic[str]("u")
"""

DECORATED = """\
def plain(fn):
    async def wrapper(*args, **kwargs):
        return await fn(*args, **kwargs)
    return wrapper

@plain
async def first():
    await later_first()

@plain
async def second():
    await later_second()

@s.post("/a")
async def a() -> None:
    await first()

@s.post("/b")
async def b() -> None:
    await second()

async def later_first():
    await t.publish("")

async def later_second():
    await u.publish("")
"""

REGISTRY = """\
class Bus:
    def __init__(self):
        self._handlers = {{}}

    def register(self, name):
        def decorate(function):
            {put}
            return function
        return decorate

    async def dispatch(self, name, key):
        {give}
            await handler(key)

bus = Bus()

@bus.register("csv")
async def parse_csv(key):
    await raw.download(key)

@s.get("/x")
async def x(key: str) -> None:
    await bus.dispatch("csv", key)
"""

UNIT_OF_WORK = """\
class UnitOfWork:
    def __init__(self, database):
        self._database = database
        self.tx = None

    async def __aenter__(self):
        self._scope = self._database.transaction()
        self.tx = await self._scope.__aenter__()
        return self

    async def __aexit__(self, *error):
        await self._scope.__aexit__(*error)

@s.post("/x")
async def x(key: str) -> None:
    async with UnitOfWork(db) as unit:
        await unit.tx.execute("insert into things values ($1)", key)
"""

BY_CONSTANT = """\
TOPICS = {"t": t, "u": u}

async def send(name):
    await TOPICS[name].publish("")

async def query(sql):
    return await db.fetch(sql)

@s.post("/a")
async def a() -> None:
    await send("t")
    await query("select 1")

@s.post("/b")
async def b() -> None:
    await send("u")
    await query("delete from things")
"""


def access(source: str) -> dict[str, object]:
    graph, _ = compiled({"app.py": SERVICE + source})
    return {
        edge.source: edge.properties["access"] for edge in graph.edges if edge.relation == "queries"
    }


def test_a_decorator_keeps_apart_what_it_wraps_though_that_is_defined_later() -> None:
    assert edges({"app.py": SERVICE + DECORATED}) == [
        "endpoint:s/a publishes topic:t",
        "endpoint:s/b publishes topic:u",
    ]


@pytest.mark.parametrize(
    "put",
    [
        "self._handlers.setdefault(name, []).append(function)",
        "self._handlers[name] = [function]",
    ],
)
@pytest.mark.parametrize(
    "give",
    ["for handler in self._handlers.get(name, []):", "for handler in self._handlers[name]:"],
)
def test_an_object_that_is_empty_at_first_is_a_registry_later(put: str, give: str) -> None:
    source = REGISTRY.format(put=put, give=give)

    assert edges({"app.py": SERVICE + source}) == ["endpoint:s/x stores bucket:raw"]


def test_a_transaction_that_is_entered_by_hand_is_its_database() -> None:
    assert access(UNIT_OF_WORK) == {"endpoint:s/x": "write"}


def test_constants_keep_calls_apart_where_the_function_chooses_by_them() -> None:
    found = [edge for edge in edges({"app.py": SERVICE + BY_CONSTANT}) if "topic" in edge]

    assert found == ["endpoint:s/a publishes topic:t", "endpoint:s/b publishes topic:u"]
    assert access(BY_CONSTANT) == {"endpoint:s/a": "read", "endpoint:s/b": "write"}


def test_constants_that_are_too_many_are_taken_together() -> None:
    calls = "".join(
        f'@s.get("/{number}")\nasync def e{number}() -> None:\n    await query("select {number}")\n'
        for number in range(80)
    )
    helper = "async def query(sql):\n    return await db.fetch(sql)\n"

    graph, findings = compiled({"app.py": SERVICE + helper + calls})

    assert len([edge for edge in graph.edges if edge.relation == "queries"]) == 80
    assert [one.slug for one in findings if one.slug == "unresolved-use"] == []


def test_a_package_that_imports_its_endpoints_last_shows_them_what_it_has_bound() -> None:
    files = {
        "app/__init__.py": "",
        "app/a/__init__.py": "from infragraph import Service, SQLDatabase\n"
        'a = Service("a")\ndb = SQLDatabase("db", migrations=None)\nfrom app.a import api\n',
        "app/a/api.py": 'from app.a import a, db\n@a.get("/x")\nasync def x() -> None:\n'
        '    await db.fetch("select 1")\n',
        "app/b.py": 'from app.a import api\nfrom infragraph import Service\nb = Service("b")\n'
        '@b.get("/y")\nasync def y() -> None:\n    await api.x()\n',
    }

    graph, findings = compiled(files)

    assert [f"{edge.source} {edge.relation} {edge.target}" for edge in graph.edges] == [
        "endpoint:a/x queries database:db",
        "endpoint:b/y calls endpoint:a/x",
    ]
    assert findings == ()


def test_many_objects_of_one_base_class_stay_below_the_limit_of_contexts() -> None:
    library = (
        "class Repo:\n    def __init__(self, db): self.db = db\n"
        "    async def all(self): return await self.db.fetch('select 1')\n"
    )
    files = {"lib.py": library}
    for number in range(24):
        name = f"s{number}"
        files[f"{name}/__init__.py"] = (
            "from infragraph import Service, SQLDatabase\n"
            f"s = Service('{name}')\ndb = SQLDatabase('d{number}', migrations=None)\n"
        )
        files[f"{name}/api.py"] = (
            f"from lib import Repo\nfrom {name} import db, s\n"
            "class A(Repo): ...\nclass B(Repo): ...\n"
            "class C:\n    def __init__(self):\n        self.a = A(db)\n        self.b = B(db)\n"
            f"c = C()\n@s.get('/{name}')\nasync def x() -> None:\n"
            "    await c.a.all()\n    await c.b.all()\n"
        )

    graph, findings = compiled(files)

    assert len([edge for edge in graph.edges if edge.relation == "queries"]) == 24
    assert findings == ()


def test_a_lattice_of_bases_costs_no_more_than_its_classes() -> None:
    diamonds = "class D0:\n    async def go(self):\n        await t.publish('')\n"
    for number in range(1, 40):
        diamonds += (
            f"class L{number}(D{number - 1}): ...\nclass R{number}(D{number - 1}): ...\n"
            f"class D{number}(L{number}, R{number}): ...\n"
        )
    use = "@s.get('/')\nasync def x() -> None:\n    await D39().go()\n"

    assert edges({"app.py": SERVICE + diamonds + use}) == ["endpoint:s/x publishes topic:t"]
