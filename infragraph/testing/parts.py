"""The parts of a test's process: those of production, with what a test is master of in between."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.buckets.directory import DirectoryStore
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.databases.databases import Databases
from infragraph.runtime.databases.owners import owner
from infragraph.runtime.databases.relay import Relay
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import Peers, SignedProof
from infragraph.runtime.serving import Parts
from infragraph.sdk.bucket import Bucket
from infragraph.sdk.secret import Secret
from infragraph.testing.addresses import Addresses
from infragraph.testing.clock import ManualClock
from infragraph.testing.outboxes import Outboxes, Source
from infragraph.testing.session import TESTS
from infragraph.testing.trace import Recorder


class SecretMissingError(Exception):
    """A secret has no value in a test."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"secret {name!r} has no value in this test: write infra.secrets[{name!r}] = …, "
            f"give it by the fixture infra_secrets, or set the variable {name}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What the other parts are made from."""

    configuration: Configuration
    addresses: Addresses
    clock: ManualClock
    recorder: Recorder
    broker: Broker
    databases: Databases


def parts(
    base: Base, client: httpx.AsyncClient, outboxes: Outboxes, given: Mapping[str, str]
) -> Parts:
    """All of them; `given` are the test's secrets, which win over variables."""
    signer = Signer(key=secrets.token_bytes(32))
    graph = base.addresses.session.graph
    owners = {node: str(it["service"]) for node, it in graph.nodes.items()}
    known = {
        (owners[it["source"]], it["target"]) for it in graph.edges if it["relation"] == "calls"
    }
    return Parts(
        broker=base.broker,
        client=client,
        clock=base.clock,
        signer=signer,
        peers=Peers(
            configuration=base.configuration,
            proof=SignedProof(signer=signer, clock=base.clock, header=SERVICE),
            calls=lambda service, node: service == TESTS or (service, node) in known,
        ),
        spans=base.recorder,
        databases=base.databases.driver,
        object_stores=_buckets(base.configuration),
        secrets=_secrets(given),
        outbox=outboxes,
        inboxes=base.databases.inbox,
        relays=lambda database, service: _relay(base, database, service),
    )


def outbox_sources(base: Base) -> Iterator[Source]:
    """The databases that the test has used, with what publishes their outboxes."""
    for node in sorted(base.addresses.databases):
        known = base.addresses.session.graph.nodes[node]
        name, service = str(known["name"]), owner(known)
        yield base.databases.pool(name, service), _relay(base, name, service)


def _relay(base: Base, database: str, service: str) -> Relay:
    pool = base.databases.pool(database, service)
    return Relay(pool, base.broker, base.configuration, base.clock)


def _buckets(configuration: Configuration) -> Callable[[Bucket], DirectoryStore]:
    def store(bucket: Bucket) -> DirectoryStore:
        folder = Path(str(configuration.address(f"bucket:{bucket.name}")["directory"]))
        return DirectoryStore(bucket.name, folder, _url)

    return store


def _url(bucket: str, key: str, method: str, seconds: float) -> str:
    """Nobody serves it: a test can see for what it was made."""
    return str(
        httpx.URL(
            f"http://buckets.test/{bucket}", params={"key": key, "method": method, "for": seconds}
        )
    )


def _secrets(given: Mapping[str, str]) -> Callable[[Secret], str]:
    def value(secret: Secret) -> str:
        for values in (given, os.environ):
            if secret.name in values:
                return values[secret.name]
        raise SecretMissingError(secret.name)

    return value
