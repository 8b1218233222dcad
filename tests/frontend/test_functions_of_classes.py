"""Functions in a class's body that are no methods."""

import pytest

from tests.compiling import diagnostics
from tests.frontend.publishing import published

HANDLER = """
from dataclasses import dataclass

from infragraph import Service, Topic

app = Service("app")


@dataclass(frozen=True)
class Event:
    id: int


a = Topic[Event]("a")
b = Topic[Event]("b")


class Consumer:
{decorators}
    async def consume(event: Event) -> None:
        await b.publish(event)


@app.subscribe(b, "log")
async def log(event: Event) -> None:
    await a.publish(event)
"""


@pytest.mark.parametrize(
    "decorators",
    [
        pytest.param('    @staticmethod\n    @app.subscribe(a, "consume")', id="static outside"),
        pytest.param('    @app.subscribe(a, "consume")\n    @staticmethod', id="static inside"),
    ],
)
def test_the_first_parameter_of_a_static_handler_is_the_event(decorators: str) -> None:
    found = diagnostics({"app.py": HANDLER.format(decorators=decorators)})

    assert [one.slug for one in found] == ["event-cycle"]


def test_a_static_method_keeps_its_defaults() -> None:
    setup = """
    class Sender:
        @staticmethod
        async def send(event: Event, topic=b) -> None:
            await topic.publish(event)
    """

    assert published("await Sender.send(event)", setup) == "b"
