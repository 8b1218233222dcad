"""A dead letter as a message: the original's headers, with why and where it was given up."""

from collections.abc import Mapping
from datetime import datetime

from infragraph.runtime.brokers.broker import DeadLetter
from infragraph.runtime.envelope import headers, read

REASON = "infragraph-reason"
ATTEMPTS = "infragraph-attempts"
SUBSCRIPTION = "infragraph-subscription"
REDRIVE = "infragraph-redrive"
"""An attribute of a message that is sent again: the id of the subscription that it is for."""

ROOM = 4096
"""More bytes than a dead letter adds to its message, however a broker writes them.

Where nothing else gives up a message, one that leaves no such room is not taken in: its dead letter
could not be kept, and it would come again for ever.
"""

_OURS = (REASON, ATTEMPTS, SUBSCRIPTION)
# Pub/Sub takes no longer value: https://cloud.google.com/pubsub/quotas#resource_limits (read
# 2026-11-25)
_LONGEST_REASON = 1024


def letter_headers(letter: DeadLetter) -> dict[str, str]:
    """All of it but the body."""
    return {
        **headers(letter.envelope),
        REASON: _told(letter.reason),
        ATTEMPTS: str(letter.attempts),
        SUBSCRIPTION: letter.subscription,
    }


def read_letter(
    written: Mapping[str, str], body: bytes, *, otherwise_id: str, otherwise_at: datetime
) -> DeadLetter:
    """The dead letter that arrived; one that the broker itself buried has no reason of ours."""
    original = {name: value for name, value in written.items() if name not in _OURS}
    attempts = written.get(ATTEMPTS, "")
    return DeadLetter(
        envelope=read(original, body, otherwise_id=otherwise_id, otherwise_at=otherwise_at),
        subscription=written.get(SUBSCRIPTION, ""),
        reason=written.get(REASON, "the broker gave it up: its deadline passed every time"),
        attempts=int(attempts) if attempts.isdecimal() else 0,
    )


def _told(reason: str) -> str:
    """One line that every broker takes, whatever an exception's text holds."""
    printable = "".join(it if it.isprintable() else "\ufffd" for it in " ".join(reason.split()))
    return printable.encode()[:_LONGEST_REASON].decode(errors="ignore")
