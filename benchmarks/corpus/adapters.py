"""Donor files among a service's own modules; some of them publish, and never name the SDK."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corpus.donors import DonorFile
from benchmarks.corpus.plan import Service
from benchmarks.corpus.written import Function, Module, Statement, Use

_EVERY = 5
"""One of so many donor files publishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapters:
    """`called` are the functions that an endpoint is to call; the others are the service's own."""

    modules: tuple[Module, ...]
    called: tuple[str, ...]


def adapters(service: Service, files: Sequence[DonorFile]) -> Adapters:
    if not files:
        return Adapters(modules=(), called=())
    modules = tuple(_modules(service, files))
    publishing = [
        f"{module.name}.{function.name}" for module in modules for function in module.functions
    ]
    return Adapters(modules=modules, called=tuple(publishing[::2]))


def _modules(service: Service, files: Sequence[DonorFile]) -> Iterator[Module]:
    package = service.module("adapters")
    yield Module(name=package, is_package=True, owner=service.node, matters=False)
    for number, file in enumerate(files):
        publishes = number % _EVERY == 0
        yield Module(
            name=f"{package}.{_leaf(file, number)}",
            owner=service.node,
            donor=file,
            matters=publishes,
            functions=(_publishing(service, number),) if publishes else (),
        )


def _leaf(file: DonorFile, number: int) -> str:
    """An identifier, also where a donor's path is none, and no other file's."""
    words = re.sub(r"\W+", "_", file.path.removesuffix(".py")).strip("_")
    return f"{words}_{number}"


def _publishing(service: Service, number: int) -> Function:
    topic = service.topic("announced")
    return Function(
        name=f"announce_from_adapter_{number}",
        parameters="reference: str",
        imports=(
            "import uuid as uuid_of_events",
            f"from {service.package} import {topic.payload} as Announcement",
            f"from {service.package} import announced as announcements",
        ),
        body=(
            Statement(
                lines=(
                    "event = Announcement(id=uuid_of_events.uuid4(), reference=reference)",
                    "await announcements.publish(event)",
                ),
                uses=(Use(relation="publishes", target=topic.node),),
            ),
        ),
    )
