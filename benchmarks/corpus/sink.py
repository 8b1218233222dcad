"""The ends of a service's chains, where resources are used."""

from random import Random

from benchmarks.corpus.calling import called
from benchmarks.corpus.filling import fillers
from benchmarks.corpus.library import TRAIL_MODULE, routing
from benchmarks.corpus.plan import Service
from benchmarks.corpus.referring import reference
from benchmarks.corpus.written import Function, Module, Statement, Use

CHAINS = ("announce", "record", "keep", "close")
"""`announce` alone uses nothing that other services may not use."""

REVISION = "def revision() -> int:\n    return 0"
"""What measurements edit: its body, or the name that it exports."""


def sink(service: Service, choice: Random) -> Module:
    bodies = {
        "announce": (_announcing(service, choice),),
        "record": (_recording(service, choice),),
        "keep": (_keeping(service, choice),),
        # What publishes comes first, so that nothing is published after a write without an outbox.
        "close": (_closing(service, choice), _trailing(service, choice), _writing(service, choice)),
    }
    functions = [
        Function(name=f"{chain}_sink", parameters="reference: str", body=bodies[chain])
        for chain in CHAINS
    ]
    return Module(
        name=service.module("sink"),
        doc="Where things happen.",
        owner=service.node,
        functions=tuple(functions),
        before=(REVISION, *fillers(service, choice, 2)),
    )


def _event(service: Service, choice: Random, variable: str) -> tuple[tuple[str, ...], str, str]:
    """Imports, the topic as it is named, and an event for it."""
    topic = service.topic(variable)
    at = choice.choice((service.module("events"), service.package))
    named = reference(choice, within=service.module("sink"), module=at, name=variable)
    imports = (
        *named.imports,
        "from uuid import uuid4",
        f"from {service.module('models')} import {topic.payload}",
    )
    return imports, named.expression, f"{topic.payload}(id=uuid4(), reference=reference)"


def _announcing(service: Service, choice: Random) -> Statement:
    imports, topic, event = _event(service, choice, "announced")
    return Statement(
        lines=(f"await {topic}.publish({event})",),
        imports=imports,
        uses=(Use(relation="publishes", target=service.topic("announced").node),),
    )


def _recording(service: Service, choice: Random) -> Statement:
    imports, topic, event = _event(service, choice, "changed")
    db = reference(
        choice, within=service.module("sink"), module=service.module("stores"), name="db"
    )
    return Statement(
        lines=(
            f"async with {db.expression}.transaction() as tx:",
            '    await tx.execute("insert into entries (reference) values ($1)", reference)',
            f"    await {topic}.publish({event}, outbox=tx)",
        ),
        imports=(*imports, *db.imports),
        uses=(
            Use(relation="publishes", target=service.topic("changed").node),
            Use(relation="queries", target=service.database),
        ),
    )


def _keeping(service: Service, choice: Random) -> Statement:
    within, stores = service.module("sink"), service.module("stores")
    files = reference(choice, within=within, module=stores, name="files")
    key = reference(choice, within=within, module=stores, name="key")
    return Statement(
        lines=(f"await {files.expression}.upload(reference, {key.expression}.get().encode())",),
        imports=(*files.imports, *key.imports),
        uses=(
            Use(relation="stores", target=service.bucket),
            Use(relation="reads", target=service.secret),
        ),
    )


def _closing(service: Service, choice: Random) -> Statement:
    """The topic is handed to a helper, which names none."""
    imports, topic, event = _event(service, choice, "closed")
    helper = routing(service.index)
    deliver = reference(choice, within=service.module("sink"), module=helper, name="deliver")
    return Statement(
        lines=(f"await {deliver.expression}({topic}, {event})",),
        imports=(*imports, *deliver.imports),
        uses=(Use(relation="publishes", target=service.topic("closed").node),),
    )


def _writing(service: Service, choice: Random) -> Statement:
    """The database was handed to an object when it was made."""
    ledger = reference(
        choice, within=service.module("sink"), module=service.module("stores"), name="ledger"
    )
    return Statement(
        lines=(f"await {ledger.expression}.write(reference)",),
        imports=ledger.imports,
        uses=(Use(relation="queries", target=service.database),),
    )


def _trailing(service: Service, choice: Random) -> Statement:
    leave = reference(choice, within=service.module("sink"), module=TRAIL_MODULE, name="leave")
    return called(choice, leave, f"{TRAIL_MODULE}.leave")
