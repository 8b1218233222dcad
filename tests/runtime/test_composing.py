"""On a cloud the key is held by services that speak to each other, and asked of nobody else."""

import pytest

from infragraph.runtime.application import Graph
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.composing import SIGNING_KEY, composed
from infragraph.runtime.configuration import Configuration, ConfigurationError


def graph(*, calls: bool = False, access: str = "private", knows: bool = False) -> Graph:
    """Services `web`, `users` and `mail`: `web` has an endpoint, and may call one of `users`."""
    handler = "app.users.authenticate" if knows else None
    services = {
        f"service:{name}": {
            "id": f"service:{name}",
            "kind": "service",
            "name": name,
            "service": name,
            "properties": {"auth_handler": handler if name == "users" else None},
        }
        for name in ("web", "users", "mail")
    }
    endpoints = {
        f"endpoint:{service}/{name}": {
            "id": f"endpoint:{service}/{name}",
            "kind": "endpoint",
            "name": name,
            "service": service,
            "properties": {"access": given},
        }
        for service, name, given in (("web", "index", access), ("users", "find", "private"))
    }
    edge = {
        "relation": "calls",
        "source": "endpoint:web/index",
        "target": "endpoint:users/find",
    }
    return Graph(application="app", nodes={**services, **endpoints}, edges=(edge,) if calls else ())


async def starts(declared: Graph, service: str, provider: str = "aws") -> bool:
    configuration = Configuration(
        application="app",
        environment="prod",
        provider=provider,
        resources={},
        settings={"region": "eu-west-1"},
    )
    try:
        async with composed(configuration, declared, [service], {}, SystemClock()):
            return True
    except ConfigurationError as error:
        if SIGNING_KEY not in str(error):
            raise
        return False


SPEAKING = (graph(calls=True), graph(access="auth", knows=True))


@pytest.mark.parametrize("declared", SPEAKING, ids=["calls", "asks"])
async def test_who_speaks_to_another_service_needs_the_key(declared: Graph) -> None:
    assert [await starts(declared, name) for name in ("web", "users", "mail")] == [
        False,
        False,
        True,
    ]


async def test_who_speaks_to_nobody_needs_none() -> None:
    assert [await starts(graph(), name) for name in ("web", "users", "mail")] == [True] * 3


async def test_away_from_clouds_all_processes_have_it() -> None:
    assert not await starts(graph(), "mail", "nats")
