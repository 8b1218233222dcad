"""Which part carries what, by the provider that the runtime configuration names.

Each is imported when it is chosen: a service on one cloud installs nothing of another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration, ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a part is made from."""

    configuration: Configuration
    clock: Clock


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


def _memory(surroundings: Surroundings) -> Broker:
    from infragraph.runtime.brokers.memory import MemoryBroker  # noqa: PLC0415 - when chosen

    return MemoryBroker(surroundings.clock)


_BROKERS: Mapping[str, Callable[[Surroundings], Broker]] = {"memory": _memory}
