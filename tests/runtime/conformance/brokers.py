"""A broker by the settings of its bench."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.runtime.brokers.broker import Broker
from tests.runtime.conformance.aws_bench import aws_broker
from tests.runtime.conformance.benches import nats_broker
from tests.runtime.conformance.gcp_bench import gcp_broker
from tests.runtime.conformance.nsq_bench import nsq_broker


def broker_of(settings: Mapping[str, Any]) -> Broker:
    """The one that the settings name."""
    made: Mapping[str, Callable[[Mapping[str, Any]], Broker]] = {
        "aws": aws_broker,
        "gcp": gcp_broker,
        "nats": nats_broker,
        "nsq": nsq_broker,
    }
    return made[settings["broker"]](settings)
