"""A broker by the settings of its bench."""

from collections.abc import Mapping
from typing import Any

from infragraph.runtime.brokers.broker import Broker
from tests.runtime.conformance.benches import nats_broker


def broker_of(settings: Mapping[str, Any]) -> Broker:
    """The one that the settings name."""
    made = {"nats": nats_broker}
    return made[settings["broker"]](settings)
