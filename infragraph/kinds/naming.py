"""Names of resources, and how messages call what is declared."""

import re
from collections.abc import Mapping

LONGEST_NAME = 40

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

NOUNS: Mapping[str, str] = {
    "auth_handler": "auth handler",
    "startup": "startup hook",
    "shutdown": "shutdown hook",
}


def proper_name(name: str) -> bool:
    """Whether a name is lower case words joined by hyphens, and not too long for any cloud."""
    return len(name) <= LONGEST_NAME and NAME.fullmatch(name) is not None


def noun(kind: str) -> str:
    return NOUNS.get(kind, kind)


def subject(kind: str, name: str | None) -> str:
    """`topic 'signups'`, or `this topic` where its name is not known."""
    return f"this {noun(kind)}" if name is None else f"{noun(kind)} {name!r}"
