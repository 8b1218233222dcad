"""One line of the record."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from infragraph.runtime.brokers.broker import Channel, DeadLetter, Delivery
from infragraph.runtime.context import at_work
from infragraph.runtime.envelope import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`act` is `published`, `handled`, `failed` or `given-up`; names are the graph's ids.

    `entry` is the entry point that did it, None where a program or an outbox did. `caller` is the
    identity on whose behalf, as the auth handler gave it. `body` is what was published, None for
    other acts.
    """

    time: datetime
    act: str
    topic: str
    message: str
    service: str
    entry: str | None
    caller: object = None
    subscription: str | None = None
    attempt: int | None = None
    reason: str | None = None
    body: bytes | None = None


class AuditLog(Protocol):
    """Where records are kept."""

    async def append(self, records: Iterable[Record]) -> None:
        """Returns once they are kept.

        Raises:
            AuditError: they are not.
        """
        ...


class AuditError(Exception):
    """A record could not be kept, so what it is about must not be taken for done."""


def published(topic: str, envelope: Envelope, time: datetime) -> Record:
    """A message that is about to be handed to the broker."""
    running = at_work()
    return Record(
        time=time,
        act="published",
        topic=topic,
        message=envelope.id,
        service=envelope.source,
        entry=None if running is None else running.entry,
        caller=_identity(None if running is None else running.caller),
        body=envelope.body,
    )


def attempted(
    channel: Channel, delivery: Delivery, time: datetime, failure: BaseException | None
) -> Record:
    """An attempt at a message, which took effect or failed."""
    running = at_work()
    return Record(
        time=time,
        act="handled" if failure is None else "failed",
        topic=channel.topic,
        message=delivery.envelope.id,
        service="" if running is None else f"service:{running.service}",
        entry=channel.id,
        subscription=channel.id,
        attempt=delivery.attempt,
        reason=None if failure is None else f"{type(failure).__qualname__}: {failure}",
    )


def given_up(channel: Channel, letter: DeadLetter, time: datetime) -> Record:
    """A message that becomes a dead letter."""
    running = at_work()
    return Record(
        time=time,
        act="given-up",
        topic=channel.topic,
        message=letter.envelope.id,
        service="" if running is None else f"service:{running.service}",
        entry=channel.id,
        subscription=channel.id,
        attempt=letter.attempts,
        reason=letter.reason,
    )


def line(record: Record) -> bytes:
    """A record as a line of JSON; what it does not have is left out."""
    said: dict[str, Any] = {
        "time": record.time.astimezone(UTC).isoformat(),
        "act": record.act,
        "topic": record.topic,
        "message": record.message,
        "service": record.service,
        "entry": record.entry,
        "caller": record.caller,
        "subscription": record.subscription,
        "attempt": record.attempt,
        "reason": record.reason,
        **_body(record.body),
    }
    known = {name: value for name, value in said.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _body(body: bytes | None) -> dict[str, object]:
    """As text where it is; what a foreign publisher sends may be anything."""
    if body is None:
        return {}
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}


def _identity(caller: bytes | None) -> object:
    return None if caller is None else json.loads(caller)
