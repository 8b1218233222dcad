"""What became of one file, beside a good one in the same run."""

import os
from functools import cache
from typing import NamedTuple

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.render import json
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.frontend.extract import extract
from infragraph.frontend.file_problems import FILE_PROBLEMS
from infragraph.model.graph import InfraGraph
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.portability.targets import ALL_TARGETS
from infragraph.usecases.compiling import compile_application

GOOD = b"""
from dataclasses import dataclass

from infragraph import Service, Topic


@dataclass
class Order:
    number: int


shop = Service("shop")
orders = Topic[Order]("orders")


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None:
    await orders.publish(order)
"""
"""An application of one file, with a finding: its topic leads back to itself."""

EVERY_TARGET = Settings(targets=tuple(target.name for target in ALL_TARGETS))
"""So that every rule looks at what a hostile file declares."""

_SLUGS = {problem.slug: problem.slug.removesuffix("-error") for problem in FILE_PROBLEMS}


class Outcome(NamedTuple):
    """Why the file was refused, what the run says of that, and what it says of the good file.

    Seconds of CPU are those for the file's facts and for the whole application.
    """

    fault: str
    diagnosed: tuple[str, ...]
    is_neighbour_same: bool
    facts_seconds: float
    whole_seconds: float


def outcome(content: bytes) -> Outcome:
    begun = _cpu()
    facts = extract(content)
    parsed = _cpu()
    graph, diagnostics = compiled(GOOD, content)
    ended = _cpu()
    fault = "" if facts.fault is None else facts.fault.kind
    of_others = tuple(one for one in diagnostics if one.slug not in _SLUGS)
    # A file that is read may use what the good one declares; one that is not has no say.
    now = shown(graph, of_others)
    return Outcome(
        fault=fault,
        diagnosed=tuple(_SLUGS[one.slug] for one in diagnostics if one.slug in _SLUGS),
        is_neighbour_same=not fault or now == alone(),
        facts_seconds=parsed - begun,
        whole_seconds=ended - parsed,
    )


def _cpu() -> float:
    """Seconds of this process and of the children that it has waited for."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


@cache
def alone() -> str:
    """What is said of the good file without another."""
    return shown(*compiled(GOOD))


def compiled(*contents: bytes) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
    """The good file, and the other that may be beside it."""
    sources = [
        SourceFile(path=f"{name}.py", module=name, content=content)
        for name, content in zip(("good", "hostile"), contents, strict=False)
    ]
    return compile_application(
        sources, application="app", migrations=lambda _: None, settings=EVERY_TARGET
    )


def shown(graph: InfraGraph, diagnostics: tuple[Diagnostic, ...]) -> str:
    files = FileCounts(analyzed=1, skipped={})
    return json.render(Report(graph=graph, diagnostics=diagnostics, files=files))
