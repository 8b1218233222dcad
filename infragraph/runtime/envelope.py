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

_SPEC_VERSION = f"{PREFIX}specversion"
_ID = f"{PREFIX}id"
_SOURCE = f"{PREFIX}source"
_TYPE = f"{PREFIX}type"
_TIME = f"{PREFIX}time"
_SCHEMA = f"{PREFIX}dataschema"
_KEY = f"{PREFIX}partitionkey"


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
        _SPEC_VERSION: SPEC_VERSION,
        _ID: envelope.id,
        _SOURCE: envelope.source,
        _TYPE: envelope.type,
        _TIME: _written(envelope.published_at),
    }
    if envelope.schema is not None:
        written[_SCHEMA] = envelope.schema
    if envelope.ordering_key is not None:
        written[_KEY] = envelope.ordering_key
    if envelope.traceparent is not None:
        written[TRACEPARENT] = envelope.traceparent
    return written


def read(
    headers: Mapping[str, str], body: bytes, *, otherwise_id: str, otherwise_at: datetime
) -> Envelope:
    """The message that arrived; what a foreign publisher left out is filled in.

    `otherwise_id` and `otherwise_at` are what the broker itself knows of it.
    """
    return Envelope(
        id=headers.get(_ID) or otherwise_id,
        source=headers.get(_SOURCE, ""),
        type=headers.get(_TYPE, ""),
        published_at=_time(headers.get(_TIME)) or otherwise_at,
        body=body,
        attributes={
            name: value
            for name, value in headers.items()
            if not name.startswith(PREFIX) and name != TRACEPARENT
        },
        schema=headers.get(_SCHEMA),
        ordering_key=headers.get(_KEY),
        traceparent=headers.get(TRACEPARENT),
    )


def _written(time: datetime) -> str:
    return (time if time.tzinfo is UTC else time.astimezone(UTC)).isoformat()


def _time(written: str | None) -> datetime | None:
    """A foreign publisher's time may be anything; what is no time is none."""
    if written is None:
        return None
    try:
        time = datetime.fromisoformat(written)
        # One at the ends of time has none in UTC.
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
