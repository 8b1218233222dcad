"""A module that was passed over is read when it is needed, however its importer names it."""

import pytest

from infragraph.frontend.reading import FEW
from tests.compiling import edges

SERVICE = {
    "app/__init__.py": "",
    "app/kit/__init__.py": "from app.kit.declarations import *\n",
    "app/kit/declarations.py": "from infragraph import *\n",
    "app/helpers/__init__.py": "",
    "app/helpers/near.py": (
        "from app.topics import other\n\nasync def run():\n    await other.publish(1)\n"
    ),
    "app/helpers/sending.py": "async def send(topic):\n    await topic.publish(1)\n",
    "app/space/sending.py": "async def send(topic):\n    await topic.publish(1)\n",
    "app/topics.py": (
        "from app.kit import Service, Topic\n\n"
        'service = Service("s")\n'
        't = Topic[int]("t")\n'
        'other = Topic[int]("other")\n'
    ),
}

OTHERS = {f"others/m{number}.py": "" for number in range(FEW)}
"""So many that not all files are parsed."""


@pytest.mark.parametrize(
    ("imports", "send"),
    [
        ("from app.helpers.sending import send", "send"),
        ("from app.helpers import sending", "sending.send"),
        ("import app.helpers.sending", "app.helpers.sending.send"),
        ("import app.helpers.sending as far", "far.send"),
        ("from app import helpers\nimport app.helpers.sending", "helpers.sending.send"),
        ("from app.space.sending import send", "send"),
        ("from app.space import sending", "sending.send"),
        ("import app.space.sending", "app.space.sending.send"),
        ("from app import space\nimport app.space.sending", "space.sending.send"),
    ],
)
def test_a_helper_that_names_no_resource_is_read_when_it_is_given_one(
    imports: str, send: str
) -> None:
    api = (
        f"{imports}\n"
        "from app.helpers.near import run\n"
        "from app.topics import service, t\n\n"
        '@service.post("/x")\n'
        "async def x() -> None:\n"
        f"    await {send}(t)\n"
        "    await run()\n"
    )

    assert edges({**SERVICE, **OTHERS, "app/api.py": api}) == [
        "endpoint:s/x publishes topic:other",
        "endpoint:s/x publishes topic:t",
    ]
