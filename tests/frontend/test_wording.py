"""Functions that are long enough to be left for later, and lead to a topic in ways of all kinds."""

import pytest

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.model import facts
from tests.compiling import compiled

SETUP = """
from infragraph import Service, Topic

app = Service("app")
events = Topic[str]("events")
"""
CALL = """
from app import setup
from app.setup import app
from app.helper import helper

@app.post("/call")
async def call() -> None:
    await helper()
"""
LONG = "    first = 1\n    second = 2\n    third = 3\n"

HELPERS = {
    "by its name": f"from app.setup import events\n\nasync def helper():\n{LONG}"
    "    await events.publish('')\n",
    "of a star": f"from app.setup import *\n\nasync def helper():\n{LONG}"
    "    await events.publish('')\n",
    "of a module": f"from app import setup\n\nasync def helper():\n{LONG}"
    "    await setup.events.publish('')\n",
    "of a package": f"import app.setup\n\nasync def helper():\n{LONG}"
    "    await app.setup.events.publish('')\n",
    "of its own import": f"async def helper():\n{LONG}"
    "    from app.setup import events as renamed\n    await renamed.publish('')\n",
    # Only where a module has to do with resources is such an import followed.
    "of an imported module": "import importlib\nfrom app.setup import app\n\n"
    f"async def helper():\n{LONG}"
    "    await importlib.import_module('app.setup').events.publish('')\n",
    "of a module by a renamed function": "from importlib import import_module as load\n"
    "from app.setup import app\n\n"
    f"async def helper():\n{LONG}    await load('app.setup').events.publish('')\n",
    "of a global that another function binds": "from app.setup import events\n\n"
    "def bind(): global late; late = events\n\n"
    f"bind()\n\nasync def helper():\n{LONG}    await late.publish('')\n",
    "of a global that is bound from outside": "import app.helper as own\n"
    f"from app.setup import events\n\nown.late = events\n\nasync def helper():\n{LONG}"
    "    await late.publish('')\n",
    "of a function below": f"async def helper():\n{LONG}    await below()\n\n"
    "from app.setup import events\n\n"
    f"async def below():\n{LONG}    await events.publish('')\n",
    "of a function that it makes": "from app.setup import events\n\n"
    f"def maker():\n{LONG}    return lambda: events.publish('')\n\n"
    f"async def helper():\n{LONG}    await maker()()\n",
    "of an argument": "from app.setup import events\n\n"
    f"async def given(topic):\n{LONG}    await topic.publish('')\n\n"
    f"async def helper():\n{LONG}    await given(events)\n",
    "of a default": f"from app.setup import events\n\nasync def helper(topic=events):\n{LONG}"
    "    await topic.publish('')\n",
    "of an object": "from app.setup import events\n\n"
    f"class Holder:\n  def __init__(self, topic):\n  {LONG.replace('    f', '  f', 1)}".replace(
        "\n    second = 2\n    third = 3\n", "\n    self.topic = topic\n    second = 2\n"
    )
    + "  async def send(self):\n    first = 1\n    second = 2\n    await self.topic.publish('')\n\n"
    f"holder = Holder(events)\n\nasync def helper():\n{LONG}    await holder.send()\n",
}


@pytest.mark.parametrize("helper", HELPERS.values(), ids=HELPERS)
def test_a_body_is_read_whatever_its_words_lead_by(helper: str) -> None:
    files = {"app/__init__.py": "", "app/setup.py": SETUP, "app/helper.py": helper}

    graph, findings = compiled({**files, "app/call.py": CALL})

    assert [(edge.relation, edge.target) for edge in graph.edges if "call" in edge.source] == [
        ("publishes", "topic:events")
    ]
    assert [finding.slug for finding in findings if finding.code.startswith("IG1")] == []


@pytest.mark.parametrize("helper", HELPERS.values(), ids=HELPERS)
def test_the_helpers_are_long_enough_to_be_left_for_later(helper: str) -> None:
    functions = [one for one in extract(helper.encode()).body if isinstance(one, facts.Function)]

    assert isinstance(functions[-1].within, DeferredBody) or functions[-1].name == "bind"


def test_brackets_that_any_parser_takes_are_read_later_too() -> None:
    deep = f"{'(' * 150}events.publish(''){')' * 150}"
    helper = f"from app.setup import events\n\nasync def helper():\n{LONG}    await {deep}\n"
    files = {"app/__init__.py": "", "app/setup.py": SETUP, "app/helper.py": helper}

    graph, findings = compiled({**files, "app/call.py": CALL})

    assert [edge.target for edge in graph.edges if "call" in edge.source] == ["topic:events"]
    assert [finding.slug for finding in findings if finding.code.startswith("IG1")] == []
