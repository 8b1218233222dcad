"""A whole generated application: services that call, subscribe to and import each other."""

from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.corpus.adapters import adapters
from benchmarks.corpus.api import api
from benchmarks.corpus.chains import chains
from benchmarks.corpus.declaring import declarations, migrations
from benchmarks.corpus.donors import DonorFile
from benchmarks.corpus.filling import rules
from benchmarks.corpus.handlers import handlers
from benchmarks.corpus.jobs import jobs
from benchmarks.corpus.library import library
from benchmarks.corpus.plan import Service, planned
from benchmarks.corpus.written import Application, Module


def application(
    seed: int, services: int, files: Sequence[DonorFile] = (), each: int = 0
) -> Application:
    """`each` is how many donor files a service takes; when all are taken, they are taken again."""
    every = [planned(index, _choice(seed, index, "plan")) for index in range(services)]
    modules = list(library(services))
    others: list[tuple[str, str]] = []
    for service in every:
        first = service.index * each
        taken = [files[(first + offset) % len(files)] for offset in range(each)]
        modules += _service(service, every, taken, _choice(seed, service.index, "code"))
        others += migrations(service)
    edited = every[0].module("sink").replace(".", "/") + ".py"
    return Application(modules=tuple(modules), others=tuple(others), edited=edited)


def _service(
    service: Service, every: Sequence[Service], files: Sequence[DonorFile], choice: Random
) -> Iterator[Module]:
    mixed = adapters(service, files)
    yield from declarations(service, choice)
    yield from chains(service, choice)
    yield api(service, every[: service.index], mixed.called, choice)
    yield handlers(service, every, choice)
    yield jobs(service, choice)
    yield rules(service, choice)
    yield from mixed.modules


def _choice(seed: int, index: int, purpose: str) -> Random:
    """Of its own for each service, so that one more service changes none of the others' code."""
    return Random(f"{seed}/{index}/{purpose}")  # noqa: S311 - the same every time, on purpose
