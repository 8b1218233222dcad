"""What the services share and none of them owns: a kit, constants, helpers, a trail, decoys."""

from benchmarks.corpus.plan import COMMONS, KIT, TOP
from benchmarks.corpus.written import Function, Module, Statement, Use

TRAIL = "topic:trail"
TRAIL_MODULE = f"{COMMONS}.trail"
NAMING = f"{TOP}.naming"
CALLING = f"{COMMONS}.calling"
BUS = f"{COMMONS}.bus"

SHARING = 32
"""So many services share a helper that acts on what it is given.

The graph promises that arguments are followed in 64 contexts of a function, and not in more.
"""

_LEDGER = """\
class Ledger:
    def __init__(self, store):
        self.store = store

    async def write(self, reference):
        await self._insert(reference)

    async def _insert(self, reference):
        await self.store.execute("insert into ledger values ($1)", reference)"""

_BUS = """\
class Bus:
    def __init__(self):
        self.sent = []

    async def publish(self, event):
        self.sent.append(event)

    async def execute(self, statement):
        self.sent.append(statement)"""


def routing(index: int) -> str:
    """The module whose helpers a service hands its topics to."""
    return f"{COMMONS}.routing_{index // SHARING:02}"


def ledgers(index: int) -> str:
    """The module whose class a service hands its database to."""
    return f"{COMMONS}.ledgers_{index // SHARING:02}"


def library(services: int) -> tuple[Module, ...]:
    return (
        Module(name=TOP, is_package=True, doc="Many services, and what they share."),
        Module(name=NAMING, doc="How things are called.", before=('SEPARATOR = "-"',)),
        *_kit(),
        Module(name=COMMONS, is_package=True, doc="What every service uses."),
        *_trail(),
        *(one for first in range(0, services, SHARING) for one in _arguments(first)),
        _callback(),
        _decoy(),
    )


def _kit() -> tuple[Module, ...]:
    """The SDK, by way of the application's own package."""
    return (
        Module(
            name=KIT,
            is_package=True,
            doc="What declarations are made of.",
            imports=(f"from {KIT}.declarations import *  # noqa: F403",),
        ),
        Module(
            name=f"{KIT}.declarations",
            doc="All of the SDK.",
            imports=("from infragraph import *  # noqa: F403",),
        ),
    )


def _trail() -> tuple[Module, ...]:
    """A topic that no service owns, three modules away from where services start."""
    entry = "from dataclasses import dataclass"
    payload = "@dataclass(frozen=True)\nclass Entry:\n    reference: str"
    topics = f"{COMMONS}.trail_topics"
    return (
        _one_call("trail", "leave", to="trail_steps", then="pass_on"),
        _one_call("trail_steps", "pass_on", to="trail_sink", then="note"),
        Module(
            name=f"{COMMONS}.trail_sink",
            functions=(
                Function(
                    name="note",
                    parameters="reference: str",
                    imports=(f"from {topics} import Entry, trail",),
                    body=(
                        Statement(
                            lines=("await trail.publish(Entry(reference=reference))",),
                            uses=(Use(relation="publishes", target=TRAIL),),
                        ),
                    ),
                ),
            ),
        ),
        Module(
            name=topics,
            imports=(entry, "from infragraph import Topic"),
            before=(payload, 'trail = Topic[Entry]("trail", audit=True)'),
            nodes=(TRAIL,),
        ),
    )


def _one_call(module: str, name: str, *, to: str, then: str) -> Module:
    return Module(
        name=f"{COMMONS}.{module}",
        functions=(
            Function(
                name=name,
                parameters="reference: str",
                body=(
                    Statement(
                        lines=(f"await {to}.{then}(reference)",),
                        imports=(f"from {COMMONS} import {to}",),
                        leads_to=(f"{COMMONS}.{to}.{then}",),
                    ),
                ),
            ),
        ),
    )


def _arguments(index: int) -> tuple[Module, ...]:
    """Helpers that are handed what they act on, so that each caller's use is its own."""
    return (
        Module(
            name=routing(index),
            doc="Sends what it is given to where it is told.",
            before=(
                "async def deliver(topic, event):\n    await hand_over(event, where=topic)",
                "async def hand_over(event, *, where):\n    await where.publish(event)",
            ),
        ),
        Module(
            name=ledgers(index),
            before=(_LEDGER,),
        ),
    )


def _callback() -> Module:
    """A mention of a function leads to it, however many there are."""
    return Module(
        name=CALLING,
        before=("async def once(function, *arguments):\n    return await function(*arguments)",),
    )


def _decoy() -> Module:
    """Something whose methods are called as the SDK's verbs are, and which is no resource."""
    return Module(
        name=BUS,
        matters=False,
        before=(
            _BUS,
            "bus = Bus()",
        ),
    )
