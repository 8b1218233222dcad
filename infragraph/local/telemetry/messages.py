"""Messages as they are shown: secrets masked, and cut where they are long."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from infragraph.local.telemetry.masking import Masks
from infragraph.runtime.envelope import Envelope, read

_LONGEST_BODY = 65536
_TRACE_ID = slice(3, 35)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord:
    """A message that was published, or, with a `subscription`, given up."""

    topic: str
    subscription: str | None
    envelope: Envelope
    reason: str
    attempts: int


def shown(envelope: Envelope, masks: Masks) -> dict[str, Any]:
    """A message for the page."""
    return {
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "published_at": envelope.published_at.isoformat(),
        "attributes": masks.value(dict(envelope.attributes)),
        "ordering_key": envelope.ordering_key,
        "trace_id": (envelope.traceparent or "")[_TRACE_ID] or None,
        **_shown_body(envelope.body, masks),
    }


def read_messages(body: bytes) -> list[MessageRecord]:
    """What `runtime.tracing.messages` tells.

    Raises:
        ValueError: it is something else.
    """
    try:
        return [_record(it) for it in cast("list[Mapping[str, Any]]", json.loads(body))]
    except (TypeError, KeyError, AttributeError, binascii.Error, RecursionError) as error:
        message = f"this tells of no messages: {type(error).__name__}"
        raise ValueError(message) from error


def _record(told: Mapping[str, Any]) -> MessageRecord:
    subscription = told.get("subscription")
    return MessageRecord(
        topic=str(told["topic"]),
        subscription=None if subscription is None else str(subscription),
        envelope=read(
            {str(name): str(it) for name, it in told["headers"].items()},
            base64.b64decode(told["body"], validate=True),
            otherwise_id="",
            otherwise_at=datetime.now(UTC),
        ),
        reason=str(told.get("reason", "")),
        attempts=int(told.get("attempts", 0)),
    )


def _shown_body(body: bytes, masks: Masks) -> dict[str, Any]:
    size = {"bytes": len(body), "is_cut": len(body) > _LONGEST_BODY}
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        pass
    else:
        written = json.dumps(masks.value(parsed), indent=2, ensure_ascii=False)
        return {**size, "body": written[:_LONGEST_BODY], "encoding": "json"}
    try:
        plain = body[:_LONGEST_BODY].decode()
    except UnicodeDecodeError:
        packed = base64.b64encode(body[:_LONGEST_BODY]).decode()
        return {**size, "body": packed, "encoding": "base64"}
    return {**size, "body": masks.text(plain), "encoding": "text"}
