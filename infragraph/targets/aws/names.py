"""Logical ids and the few physical names that AWS does not give by itself."""

import re
from collections.abc import Iterable, Mapping, Sequence

from infragraph.targets.naming import physical_name

_WORD = re.compile(r"[A-Za-z0-9]+")
_LONGEST_QUEUE, _LONGEST_TOPIC = 80, 256
_LONGEST_LOGICAL_ID = 255
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html,
2026-11-25."""

# No name of the SDK holds it, so that two joined names cannot be read as two others.
_BETWEEN = "_"


def logical_id(*names: str) -> str:
    """`SendWelcomeEmailQueue` of `send-welcome-email` and `queue`.

    Names that differ in more than letters may meet here (`user-1` and `user1`): see `collisions`.
    """
    words = (word for name in names for word in _WORD.findall(name))
    joined = "".join(_capitalised(word) for word in words)
    assert 0 < len(joined) <= _LONGEST_LOGICAL_ID
    return joined


def collisions(names: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Names that more than one thing goes by, of pairs of a name and a thing's id."""
    things: dict[str, set[str]] = {}
    for name, thing in names:
        things.setdefault(name, set()).add(thing)
    return {name: sorted(those) for name, those in sorted(things.items()) if len(those) > 1}


def fifo_topic_name(application: str, environment: str, topic: str) -> str:
    """A name that is given, since SNS demands the suffix."""
    return _fifo_name((application, environment, topic), "", _LONGEST_TOPIC)


def fifo_queue_name(application: str, environment: str, topic: str, subscription: str) -> str:
    return _fifo_name((application, environment, topic, subscription), "", _LONGEST_QUEUE)


def fifo_dead_letters_name(
    application: str, environment: str, topic: str, subscription: str
) -> str:
    return _fifo_name(
        (application, environment, topic, subscription), f"{_BETWEEN}dead-letters", _LONGEST_QUEUE
    )


def _fifo_name(parts: Sequence[str], ending: str, limit: int) -> str:
    return physical_name(_BETWEEN.join(parts), limit=limit, suffix=f"{ending}.fifo")


def _capitalised(word: str) -> str:
    """`SESSION` and `session` are the same word of an id: `Session`."""
    return word[0].upper() + (word[1:].lower() if word.isupper() else word[1:])
