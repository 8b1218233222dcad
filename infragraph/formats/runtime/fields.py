"""The fields of an address: which ones a node's entry has, by its kind and the provider.

`infragraph/schemas/runtime.json` says the same with the types of values; a test holds the two
together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.model.graph import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """`required` are there whatever their value, null included; `optional` may be left out."""

    required: frozenset[str]
    optional: frozenset[str] = frozenset()


PROVIDERS = ("aws", "gcp", "nats", "nsq", "memory")

_SERVICE = Fields(required=frozenset({"url", "audience"}))
_BROKERED = Fields(required=frozenset({"topic"}))
_LOCAL = Fields(required=frozenset())
_DATABASE = Fields(
    required=frozenset({"host", "port", "name", "users", "login"}),
    optional=frozenset({"instance", "password", "region"}),
)
_STORED = Fields(required=frozenset({"bucket", "region"}))

_AWS: Mapping[str, Fields] = {
    "service": _SERVICE,
    "topic": Fields(required=frozenset({"arn", "fifo"})),
    "subscription": Fields(required=frozenset({"queue_url", "dead_letter_url"})),
    "cron": Fields(required=frozenset({"queue_url"})),
    "database": _DATABASE,
    "bucket": _STORED,
    "secret": Fields(required=frozenset({"arn"})),
}
_GCP: Mapping[str, Fields] = {
    "service": Fields(required=frozenset({"url", "audience", "account"})),
    "topic": Fields(required=frozenset({"topic"})),
    "subscription": Fields(
        required=frozenset(
            {"subscription", "delivery", "dead_letter_topic", "audience", "account", "guarded"}
        )
    ),
    "cron": Fields(required=frozenset({"path", "audience", "account", "guarded"})),
    "database": _DATABASE,
    "bucket": _STORED,
    "secret": Fields(required=frozenset({"secret"})),
}
_OWN: Mapping[str, Fields] = {
    "service": _SERVICE,
    "topic": _BROKERED,
    "subscription": _LOCAL,
    "cron": _LOCAL,
    "database": _DATABASE,
    "bucket": Fields(required=frozenset({"directory"})),
    "secret": _LOCAL,
}

FIELDS: Mapping[str, Mapping[str, Fields]] = {
    "aws": _AWS,
    "gcp": _GCP,
    "nats": _OWN,
    "nsq": _OWN,
    "memory": _OWN,
}


def fields_of(provider: str, node: Node) -> Fields | None:
    """None for what a running service needs no address of, such as an endpoint."""
    return FIELDS[provider].get(node.kind)
