"""A message as Pub/Sub carries it: bytes, and attributes that are texts."""

from collections.abc import Mapping
from datetime import datetime

from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.envelope import Envelope

# What Pub/Sub itself writes: of what it has given up, and of its own client.
_THEIRS = ("CloudPubSubDeadLetter", "googclient_")


def arrived(
    attributes: Mapping[str, str], data: bytes, identity: str, published_at: datetime
) -> Envelope:
    """The message; one that was taken back from the dead letters is as it was."""
    ours = {name: it for name, it in attributes.items() if not name.startswith(_THEIRS)}
    return read_letter(ours, data, otherwise_id=identity, otherwise_at=published_at).envelope
