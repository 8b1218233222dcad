from pathlib import Path

from benchmarks.oracle.graph import seen_by_oracle
from tests.workspace.trees import grow


def test_names_are_followed_through_stars_aliases_submodules_and_cycles(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {
            "app/__init__.py": "from app.kit import *\nfrom .events import t as told\nx = app.x\n",
            "app/kit.py": "from infragraph import *\nfrom app import *\n",
            "app/events.py": 'from app.kit import Topic\nNAME = "t"\nt = Topic[int](f"{NAME}-1")\n',
            "app/api.py": (
                "import app\n"
                "from app import Service, events as e\n"
                'service = Service("s" + "-" + e.NAME)\n\n'
                '@service.post("/x")\n'
                "async def x(n: int) -> None:\n"
                "    await app.told.publish(n)\n"
                "    await app.x.publish(n)\n"
            ),
            "app/broken.py": "def (:\n",
        },
    )

    nodes, edges = seen_by_oracle(tmp_path)

    assert nodes == {"service:s-t", "topic:t-1", "endpoint:s-t/x"}
    assert edges == {"endpoint:s-t/x publishes topic:t-1"}


def test_a_local_name_hides_the_one_of_the_module(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {
            "app.py": (
                "from infragraph import Service, Topic\n"
                'service = Service("s")\n'
                't = Topic[int]("t")\n\n'
                '@service.post("/x")\n'
                "async def x(t: int) -> None:\n"
                "    await t.publish(1)\n\n"
                '@service.post("/y")\n'
                "async def y(other: int) -> None:\n"
                "    t = other\n"
                "    await t.publish(1)\n\n"
                '@service.post("/z")\n'
                "async def z() -> None:\n"
                "    await x(1)\n"
            ),
        },
    )

    _, edges = seen_by_oracle(tmp_path)

    assert edges == {"endpoint:s/z calls endpoint:s/x"}
