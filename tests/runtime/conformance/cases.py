"""What each broker is held to, and the mark by which a test says what it shows."""

from collections.abc import Mapping

import pytest

CASES: Mapping[str, str] = {
    "publish and subscribe": "100 messages: ids, bodies, attributes, times equal; closed, it ends",
    "concurrent": "5,000 messages, 50 publishers, 50 subscribers: all received",
    "many topics at once": "100 messages on each of 20 topics",
    "resend on error": "100 messages, the first 2 refused: all received",
    "unacknowledged (ordered)": "the second comes after the first is acknowledged, not before",
    "close and reopen": "5,000 messages read in 5 batches, with reopening: none lost",
    "concurrent close": "10 subscribers opened and closed at once; 50 messages then all received",
    "many errors": "300 refusals, then all 50 received",
    "in order": "1,000 messages, order kept per key",
    "publisher close": "10,000 messages from 20 publishers, then close: none lost",
    "topics apart": "topics do not mix",
    "message context": "over after the acknowledgement, cancelled at close",
    "subscription cancelled": "delivery stops; 20 later messages go to the next subscriber",
    "new subscriber reads old messages": "replay for each",
    "reconnect": "10,000 messages, broker restarted at 1/3 and 1/2: all confirmed are received",
    "groups": "two subscriptions each get all 50",
    "stress": "the cases of messages that flow, 10 of each at once",
    "C01": "acknowledged only after the handler returned",
    "C02": "an exception: redelivered",
    "C03": "SIGKILL inside the handler: redelivered",
    "C04": "SIGKILL between effect and acknowledgement: one duplicate, which the inbox hides",
    "C05": "a body that does not decode or fit the schema: a dead letter, others flow",
    "C06": "as many failures as attempts: a dead letter with reason, attempts and the original",
    "C07": "a dead letter that is not kept: the original is not acknowledged",
    "C08": "backoff within bounds, no sooner than asked, with full jitter",
    "C09": "a handler of three times the deadline runs once",
    "C10": "a worker that dies: redelivered soon after its deadline of 2 s, within 15 s",
    "C11": "concurrency reaches its limit, and is never above",
    "C12": "SIGTERM: nothing new fetched, what is at work ends, is acknowledged, exit 0",
    "C13": "second SIGTERM, or grace over: given back, exit 1, nothing lost",
    "C14": "publish returns once the broker has confirmed; else it raises",
    "C15": "the inbox: duplicates at once, an error releases, a store that is down fails closed",
    "C16": "the outbox: committed, crashed: published; rolled back: never; relay killed: twice",
    "C17": "order per key through refusals; a key that is blocked blocks no other",
    "C18": "sizes, unicode, empty, binary, reserved words; what is taken can become a dead letter",
    "C19": "broker absent at start",
    "C20": "broker restarted",
    "C21": "TCP faults",
    "C22": "a foreign publisher: unknown fields, no metadata; poison is a dead letter",
    "C23": "the trace is kept across attempts",
    "C24": "secrets are never logged",
}
"""By the name that the matrix shows, in its order."""


def case(*names: str) -> pytest.MarkDecorator:
    """What a test shows.

    Raises:
        KeyError: there is no such case.
    """
    for name in names:
        CASES[name]
    return pytest.mark.case(*names)
