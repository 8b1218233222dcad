"""Which part carries what, by the provider that the runtime configuration names.

Each is imported when it is chosen: a service on one cloud installs nothing of another.
"""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from starlette.routing import BaseRoute, Route

from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.buckets.directory import DirectoryStore
from infragraph.runtime.buckets.route import object_route
from infragraph.runtime.buckets.urls import ObjectUrls
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.databases.databases import Databases, opened
from infragraph.runtime.databases.passwords import current_password
from infragraph.runtime.peers import Proof, SignedProof
from infragraph.runtime.secrets.variables import VariableSecrets
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.bucket import Bucket, ObjectStore
from infragraph.sdk.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a part is made from."""

    configuration: Configuration
    clock: Clock
    variables: Mapping[str, str]
    spans: Spans


def broker(surroundings: Surroundings) -> Broker:
    """The broker, not connected yet.

    Raises:
        ConfigurationError: there is none for the provider.
    """
    provider = surroundings.configuration.provider
    try:
        make = _BROKERS[provider]
    except KeyError:
        known = ", ".join(sorted(_BROKERS))
        message = f"there is no broker for the provider {provider!r}: choose one of {known}"
        raise ConfigurationError(message) from None
    return make(surroundings)


def databases(surroundings: Surroundings) -> AbstractAsyncContextManager[Databases]:
    """A block in which databases can be asked."""
    return opened(
        Databases(
            configuration=surroundings.configuration,
            clock=surroundings.clock,
            spans=surroundings.spans,
            password=current_password,
        )
    )


def object_stores(surroundings: Surroundings, urls: ObjectUrls) -> Callable[[Bucket], ObjectStore]:
    """What holds a bucket's objects; `urls` are signed where no cloud's store does."""
    made: dict[str, ObjectStore] = {}
    provider = surroundings.configuration.provider

    def directory(name: str, entry: Mapping[str, object]) -> ObjectStore:
        return _directory(name, entry, urls)

    store = _STORES.get(provider, directory)

    def kept(bucket: Bucket) -> ObjectStore:
        if bucket.name not in made:
            entry = surroundings.configuration.address(f"bucket:{bucket.name}")
            made[bucket.name] = store(bucket.name, entry)
        return made[bucket.name]

    return kept


def cloud_store(
    surroundings: Surroundings, name: str, entry: Mapping[str, object]
) -> ObjectStore | None:
    """A bucket at the provider, as an entry of the configuration says; None where it has none."""
    store = _STORES.get(surroundings.configuration.provider)
    return None if store is None else store(name, entry)


def secrets(
    surroundings: Surroundings, names: Iterable[str]
) -> AbstractAsyncContextManager[Callable[[Secret], str]]:
    """A block in which a secret's value is known; `names` are those that may be asked for."""
    kept = _SECRETS.get(surroundings.configuration.provider, _variables)
    return kept(surroundings, names)


def object_routes(surroundings: Surroundings, urls: ObjectUrls) -> list[Route]:
    """What answers the signed URLs of buckets in folders; none where a cloud's store does."""
    if surroundings.configuration.provider in _STORES:
        return []

    def store(name: str) -> DirectoryStore:
        return _directory(name, surroundings.configuration.address(f"bucket:{name}"), urls)

    return [object_route(urls, store)]


def _directory(name: str, entry: Mapping[str, object], urls: ObjectUrls) -> DirectoryStore:
    return DirectoryStore(name, Path(str(entry["directory"])), urls.sign)


def _s3(name: str, entry: Mapping[str, object]) -> ObjectStore:
    from infragraph.runtime.buckets.s3 import S3Store, s3_client  # noqa: PLC0415 - when chosen

    return S3Store(name, str(entry["bucket"]), s3_client(str(entry["region"])))


@asynccontextmanager
async def _variables(
    surroundings: Surroundings, names: Iterable[str]
) -> AsyncGenerator[Callable[[Secret], str]]:
    del names  # whatever is asked for may be there
    yield VariableSecrets(variables=surroundings.variables)


def _secrets_manager(
    surroundings: Surroundings, names: Iterable[str]
) -> AbstractAsyncContextManager[Callable[[Secret], str]]:
    from infragraph.runtime.secrets.secrets_manager import (  # noqa: PLC0415 - when chosen
        secrets_manager,
    )

    configuration = surroundings.configuration
    return secrets_manager(
        str(configuration.settings["region"]),
        lambda name: str(configuration.address(f"secret:{name}")["arn"]),
        names,
        surroundings.clock,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a process reaches others by; `routes` are where a broker comes by itself."""

    broker: Broker
    proof: Proof
    routes: tuple[BaseRoute, ...] = ()


@asynccontextmanager
async def reached(surroundings: Surroundings, signed: SignedProof) -> AsyncGenerator[Reached]:
    """A block in which they are usable; the broker is not connected yet.

    Raises:
        ConfigurationError: as `broker`.
    """
    if surroundings.configuration.provider != "gcp":
        yield Reached(broker=broker(surroundings), proof=signed)
        return
    # When chosen, as the brokers below.
    from infragraph.runtime.brokers.gcp import GcpBroker  # noqa: PLC0415
    from infragraph.runtime.brokers.gcp_push import Pushed  # noqa: PLC0415
    from infragraph.runtime.clouds.google_proof import GoogleProof, id_token  # noqa: PLC0415
    from infragraph.runtime.clouds.google_tokens import GoogleTokens, kept  # noqa: PLC0415

    async with kept(GoogleTokens(), surroundings.clock) as tokens:
        pushed = Pushed(tokens)
        yield Reached(
            broker=GcpBroker(pushed),
            proof=GoogleProof(
                configuration=surroundings.configuration,
                tokens=tokens,
                clock=surroundings.clock,
                id_token=id_token,
            ),
            routes=tuple(pushed.routes()),
        )


def _gcp(_surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.gcp import GcpBroker  # noqa: PLC0415 - as below

    return GcpBroker()


def _gcs(name: str, entry: Mapping[str, object]) -> ObjectStore:
    from infragraph.runtime.buckets.gcs import GcsStore, gcs_client  # noqa: PLC0415 - when chosen

    return GcsStore(name, str(entry["bucket"]), gcs_client())


def _secret_manager(
    surroundings: Surroundings, names: Iterable[str]
) -> AbstractAsyncContextManager[Callable[[Secret], str]]:
    from infragraph.runtime.secrets.secret_manager import (  # noqa: PLC0415 - when chosen
        secret_manager,
    )

    configuration = surroundings.configuration
    return secret_manager(
        lambda name: str(configuration.address(f"secret:{name}")["secret"]),
        names,
        surroundings.clock,
    )


def _memory(surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.memory import MemoryBroker  # noqa: PLC0415 - when chosen

    return MemoryBroker(surroundings.clock)


def _nats(surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker  # noqa: PLC0415 - as above

    configuration = surroundings.configuration
    said = cast("Mapping[str, Any]", configuration.settings["broker"])
    return NatsBroker(
        NatsAddress(
            servers=tuple(said["servers"]),
            credentials=said.get("credentials"),
            name=f"infragraph {configuration.application}",
        ),
        topics=_topics(configuration),
    )


def _nsq(surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.nsq.broker import (  # noqa: PLC0415 - as above
        NsqBroker,
        nsq_address,
    )

    configuration = surroundings.configuration
    said = cast("Mapping[str, Any]", configuration.settings["broker"])
    name = f"infragraph {configuration.application}"
    return NsqBroker(nsq_address(said, name), _topics(configuration), surroundings.clock)


def _topics(configuration: Configuration) -> Mapping[str, str]:
    """The names of topics by their ids."""
    return {
        node: str(entry["topic"])
        for node, entry in configuration.resources.items()
        if node.startswith("topic:")
    }


def _aws(surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.aws import AwsBroker  # noqa: PLC0415 - as above

    return AwsBroker(str(surroundings.configuration.settings["region"]))


_BROKERS: Mapping[str, Callable[[Surroundings], Broker]] = {
    "aws": _aws,
    "gcp": _gcp,
    "memory": _memory,
    "nats": _nats,
    "nsq": _nsq,
}

_STORES: Mapping[str, Callable[[str, Mapping[str, object]], ObjectStore]] = {
    "aws": _s3,
    "gcp": _gcs,
}

_SECRETS: Mapping[
    str,
    Callable[[Surroundings, Iterable[str]], AbstractAsyncContextManager[Callable[[Secret], str]]],
] = {
    "aws": _secrets_manager,
    "gcp": _secret_manager,
}
