"""The way from a handler to a use: a flow, modules in between that name no token, a sink."""

from collections.abc import Iterator
from random import Random

from benchmarks.corpus.calling import called
from benchmarks.corpus.filling import fillers
from benchmarks.corpus.library import BUS
from benchmarks.corpus.plan import Service
from benchmarks.corpus.referring import reference
from benchmarks.corpus.sink import CHAINS, sink
from benchmarks.corpus.written import Function, Module, Statement


def chains(service: Service, choice: Random) -> Iterator[Module]:
    yield _flows(service, choice)
    yield _pipeline(service)
    for number, layer in enumerate(service.layers):
        following = service.layers[number + 1] if number + 1 < len(service.layers) else "sink"
        yield _layer(service, choice, layer, following)
    yield sink(service, choice)


def into(service: Service, choice: Random, *, within: str, chain: str) -> Statement:
    """A call that starts a chain of the service, in its module `within`."""
    flows = service.module("flows")
    named = reference(choice, within=service.module(within), module=flows, name=f"{chain}_flow")
    return called(choice, named, f"{flows}.{chain}_flow")


def _flows(service: Service, choice: Random) -> Module:
    first = service.layers[0]
    within = service.module("flows")
    functions: list[Function] = []
    for chain in CHAINS:
        name = f"{chain}_{first}"
        defined = service.module(f"pipeline.{first}")
        at = choice.choice((defined, service.module("pipeline")))
        step = called(
            choice, reference(choice, within=within, module=at, name=name), f"{defined}.{name}"
        )
        body = (*_distraction(choice), step)
        functions.append(Function(name=f"{chain}_flow", parameters="reference: str", body=body))
    return Module(
        name=within,
        owner=service.node,
        functions=tuple(functions),
        before=fillers(service, choice, 2),
    )


def _distraction(choice: Random) -> tuple[Statement, ...]:
    """A call that looks like a use, now and then."""
    verb = choice.choice(("publish", "execute", None, None, None, None))
    if verb is None:
        return ()
    return (
        Statement(lines=(f"await bus.{verb}(reference)",), imports=(f"from {BUS} import bus",)),
    )


def _pipeline(service: Service) -> Module:
    first = service.layers[0]
    names = ", ".join(f"{chain}_{first}" for chain in CHAINS)
    return Module(
        name=service.module("pipeline"),
        is_package=True,
        owner=service.node,
        imports=(f"from .{first} import {names}",),
    )


def _layer(service: Service, choice: Random, layer: str, following: str) -> Module:
    within = service.module(f"pipeline.{layer}")
    target = service.module("sink" if following == "sink" else f"pipeline.{following}")
    functions = [
        Function(
            name=f"{chain}_{layer}",
            parameters="reference: str",
            body=(
                called(
                    choice,
                    reference(choice, within=within, module=target, name=f"{chain}_{following}"),
                    f"{target}.{chain}_{following}",
                ),
            ),
        )
        for chain in CHAINS
    ]
    return Module(
        name=within,
        owner=service.node,
        functions=tuple(functions),
        before=fillers(service, choice, 2),
    )
