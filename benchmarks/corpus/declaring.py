"""A service's package: its re-exports, names, models, topics and stores."""

from collections.abc import Iterator
from random import Random

from benchmarks.corpus.filling import fillers
from benchmarks.corpus.library import NAMING, ledgers
from benchmarks.corpus.plan import Service, Topic
from benchmarks.corpus.written import Module

MIGRATION = "create table entries (id uuid primary key, reference text);\n"

_FORMS = {
    "dataclass": (
        "from dataclasses import dataclass",
        "@dataclass(frozen=True)\nclass {name}:\n    id: UUID\n    reference: str",
    ),
    "named tuple": (
        "from typing import NamedTuple",
        "class {name}(NamedTuple):\n    id: UUID\n    reference: str",
    ),
    "typed dict": (
        "from typing import TypedDict",
        "class {name}(TypedDict):\n    id: UUID\n    reference: str",
    ),
}


def declarations(service: Service, choice: Random) -> Iterator[Module]:
    yield _package(service)
    if service.has_service_module:
        yield Module(
            name=service.module("service"),
            owner=service.node,
            imports=(f"from {service.sdk} import Service",),
            before=(f'{service.variable} = Service("{service.name}")',),
            nodes=(service.node,),
        )
    yield Module(
        name=service.module("names"),
        owner=service.node,
        before=(f'SERVICE = "{service.name}"',),
    )
    yield _models(service, choice)
    yield _events(service)
    yield _stores(service)


def migrations(service: Service) -> Iterator[tuple[str, str]]:
    if service.has_migrations:
        folder = service.package.replace(".", "/")
        yield f"{folder}/migrations/0001_create_entries.up.sql", MIGRATION


def _package(service: Service) -> Module:
    names = ", ".join((*(one.payload for one in service.topics), f"New{service.noun.title()}"))
    topics = ", ".join(one.variable for one in service.topics)
    exported = (
        f"from {service.module('models')} import {names}",
        f"from .events import {topics}",
        f"from {service.module('stores')} import db, files, key",
    )
    # Last: what it leads to imports what stands above.
    flow = f"from {service.module('flows')} import announce_flow"
    doc = f"The {service.name} service."
    if service.has_service_module:
        own = f"from .service import {service.variable}"
        return Module(
            name=service.package,
            is_package=True,
            doc=doc,
            owner=service.node,
            imports=(*exported, own, flow),
        )
    return Module(
        name=service.package,
        is_package=True,
        doc=doc,
        owner=service.node,
        imports=(f"from {service.sdk} import Service", *exported, flow),
        before=(f'{service.variable} = Service("{service.name}")',),
        nodes=(service.node,),
    )


def _models(service: Service, choice: Random) -> Module:
    needed, form = _FORMS[service.payload_form]
    request = (
        f"@dataclass(frozen=True)\nclass New{service.noun.title()}:\n"
        "    reference: str\n    amount: int = 1"
    )
    return Module(
        name=service.module("models"),
        owner=service.node,
        imports=tuple(
            dict.fromkeys(("from dataclasses import dataclass", needed, "from uuid import UUID"))
        ),
        before=(
            *(form.format(name=topic.payload) for topic in service.topics),
            request,
            *fillers(service, choice, 2),
        ),
    )


def _events(service: Service) -> Module:
    payloads = ", ".join(topic.payload for topic in service.topics)
    return Module(
        name=service.module("events"),
        doc=f"What the {service.name} service tells the others.",
        owner=service.node,
        imports=(
            f"from {service.sdk} import Topic",
            f"from {NAMING} import SEPARATOR",
            f"from {service.module('models')} import {payloads}",
            f"from {service.module('names')} import SERVICE",
        ),
        before=("\n".join(_topic(topic) for topic in service.topics),),
        nodes=tuple(topic.node for topic in service.topics),
    )


def _topic(topic: Topic) -> str:
    return f"{topic.variable} = Topic[{topic.payload}]({topic.expression})"


def _stores(service: Service) -> Module:
    migrated = "" if service.has_migrations else ", migrations=None"
    return Module(
        name=service.module("stores"),
        owner=service.node,
        imports=(
            f"from {service.sdk} import Bucket, Secret, SQLDatabase",
            f"from {ledgers(service.index)} import Ledger",
            f"from {service.module('names')} import SERVICE",
        ),
        before=(
            f"db = SQLDatabase(SERVICE{migrated})",
            'files = Bucket(f"{SERVICE}-files", versioned=True)',
            f'key = Secret("{service.variable.upper()}_KEY")',
            "ledger = Ledger(db)",
        ),
        nodes=(service.database, service.bucket, service.secret),
    )
