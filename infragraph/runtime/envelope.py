"""A message as it travels: the payload alone as its body, and metadata beside it.

The metadata is named as CloudEvents 1.0 names it in its binary mode
(https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md, read 2026-11-25), so that
programs which are not ours can publish and consume.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

PREFIX = "ce-"
"""What a header of the metadata begins with, where a broker has headers."""

TRACEPARENT = "traceparent"
"""The header of W3C's trace context, which stands for itself."""

SPEC_VERSION = "1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One logical message.

    `source` says who published: the service's id in the graph. `type` names the payload's type, so
    that a member of a union is known. `schema` is a hash of the payload's schema, for information.
    `attributes` are the fields of the payload by which a subscription can select.
    """

    id: str
    source: str
    type: str
    published_at: datetime
    body: bytes
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    schema: str | None = None
    ordering_key: str | None = None
    traceparent: str | None = None


def headers(envelope: Envelope) -> dict[str, str]:
    """The metadata and attributes as headers, each with its own name."""
    written = {
        **envelope.attributes,
        f"{PREFIX}specversion": SPEC_VERSION,
        f"{PREFIX}id": envelope.id,
        f"{PREFIX}source": envelope.source,
        f"{PREFIX}type": envelope.type,
        f"{PREFIX}time": envelope.published_at.astimezone(UTC).isoformat(),
    }
    if envelope.schema is not None:
        written[f"{PREFIX}dataschema"] = envelope.schema
    if envelope.ordering_key is not None:
        written[f"{PREFIX}partitionkey"] = envelope.ordering_key
    if envelope.traceparent is not None:
        written[TRACEPARENT] = envelope.traceparent
    return written


def read(
    headers: Mapping[str, str], body: bytes, *, otherwise_id: str, otherwise_at: datetime
) -> Envelope:
    """The message that arrived; what a foreign publisher left out is filled in.

    `otherwise_id` and `otherwise_at` are what the broker itself knows of it.
    """
    ours = {name[len(PREFIX) :]: it for name, it in headers.items() if name.startswith(PREFIX)}
    return Envelope(
        id=ours.get("id") or otherwise_id,
        source=ours.get("source", ""),
        type=ours.get("type", ""),
        published_at=_time(ours.get("time")) or otherwise_at,
        body=body,
        attributes={
            name: value
            for name, value in headers.items()
            if not name.startswith(PREFIX) and name != TRACEPARENT
        },
        schema=ours.get("dataschema"),
        ordering_key=ours.get("partitionkey"),
        traceparent=headers.get(TRACEPARENT),
    )


def _time(written: str | None) -> datetime | None:
    """A foreign publisher's time may be anything; what is no time is none."""
    if written is None:
        return None
    try:
        time = datetime.fromisoformat(written)
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)
