"""Which part carries what, by the provider that the runtime configuration names.

Each is imported when it is chosen: a service on one cloud installs nothing of another.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.buckets.directory import DirectoryStore
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.databases.databases import Databases, opened
from infragraph.runtime.databases.pool import static_password
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
            password=static_password,
        )
    )


def object_stores(surroundings: Surroundings) -> Callable[[Bucket], ObjectStore]:
    """What holds a bucket's objects."""

    def store(bucket: Bucket) -> ObjectStore:
        entry = surroundings.configuration.address(f"bucket:{bucket.name}")
        if "directory" not in entry:
            provider = surroundings.configuration.provider
            message = f"there are no buckets for the provider {provider!r}"
            raise ConfigurationError(message)
        return DirectoryStore(bucket.name, Path(str(entry["directory"])), _no_urls)

    return store


def _no_urls(bucket: str, key: str, method: str, seconds: float) -> str:
    del method, seconds
    message = f"nothing serves the objects of bucket {bucket!r} by URL here, such as {key!r}"
    raise ConfigurationError(message)


def secrets(surroundings: Surroundings) -> Callable[[Secret], str]:
    """What gives a secret's value."""
    return VariableSecrets(variables=surroundings.variables)


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
        topics={
            node: str(entry["topic"])
            for node, entry in configuration.resources.items()
            if node.startswith("topic:")
        },
    )


def _aws(surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.aws import AwsBroker  # noqa: PLC0415 - as above

    return AwsBroker(str(surroundings.configuration.settings["region"]))


_BROKERS: Mapping[str, Callable[[Surroundings], Broker]] = {
    "aws": _aws,
    "memory": _memory,
    "nats": _nats,
}
