"""Services are replaced in the script after those that they need."""

import re

from infragraph.formats import gcloud
from tests.compiling import compiled
from tests.targets.gcp.plans import environment, planned

# By name `a` would be first; it calls `z`, and `m` handles what `b` sends. `c` and `d` need each
# other.
FILES = {
    "shop/z.py": """
from infragraph import Service

z = Service("z")


@z.get("/")
async def find() -> str:
    return ""
""",
    "shop/a.py": """
from infragraph import Service

from shop.z import find

a = Service("a")


@a.get("/", access="public")
async def index() -> str:
    return await find()
""",
    "shop/b.py": """
from infragraph import Service, Topic

b = Service("b")
sent = Topic[str]("sent")


@b.post("/", access="public")
async def send(text: str) -> None:
    await sent.publish(text)
""",
    "shop/m.py": """
from infragraph import Service

from shop.b import sent

m = Service("m")


@m.subscribe(sent, "handle", concurrency=2)
async def handle(text: str) -> None: ...
""",
    "shop/pair.py": """
from infragraph import Topic

there = Topic[str]("there")
back = Topic[str]("back")
""",
    "shop/c.py": """
from infragraph import Service

from shop.pair import back, there

c = Service("c")


@c.subscribe(back, "again")
async def again(text: str) -> None:
    await there.publish(text)
""",
    "shop/d.py": """
from infragraph import Service

from shop.pair import back, there

d = Service("d")


@d.subscribe(there, "once")
async def once(text: str) -> None:
    await back.publish(text)
""",
}


def test_who_is_called_or_consumes_is_replaced_first() -> None:
    graph = compiled(FILES)[0]
    (script,) = gcloud.render(planned(graph), graph, environment(graph))

    stage = script.content.partition("stage_run() {")[2].partition("\n}\n")[0]
    replaced = re.findall(r"^  name: app-prod-([a-z-]+)$", stage, re.MULTILINE)

    assert replaced == ["z", "a", "m", "m-worker", "b", "c", "d"]
