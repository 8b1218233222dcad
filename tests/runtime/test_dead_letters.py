"""What a dead letter says of why it is one."""

from datetime import UTC, datetime

import pytest

from infragraph.runtime.brokers.broker import DeadLetter
from infragraph.runtime.brokers.dead_letters import REASON, ROOM, letter_headers
from infragraph.runtime.envelope import Envelope, headers

_ENVELOPE = Envelope(
    id="1", source="", type="", published_at=datetime(2026, 1, 1, tzinfo=UTC), body=b"1"
)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("no such\n  thing\r\n", "no such thing"),
        ("\x00\x1b[31m \ud800 é", "\ufffd\ufffd[31m \ufffd é"),
        ("x" * 2000, "x" * 1024),
        ("\U0001f600" * 2000, "\U0001f600" * 256),
        ("é" * 511 + "xx€", "é" * 511 + "xx"),
    ],
)
def test_a_reason_is_one_line_that_every_broker_takes(reason: str, told: str) -> None:
    letter = DeadLetter(envelope=_ENVELOPE, subscription="s", reason=reason, attempts=3)

    assert letter_headers(letter)[REASON] == told


def test_a_dead_letter_adds_less_than_the_room_that_is_left_for_it() -> None:
    letter = DeadLetter(
        envelope=_ENVELOPE, subscription="s" * 150, reason="é" * 2000, attempts=1000
    )
    added = letter_headers(letter).items() - headers(_ENVELOPE).items()

    # As NATS and NSQ write them at the longest: six characters for two bytes.
    assert sum(len(name) + 3 * len(it.encode()) + 8 for name, it in added) < ROOM
