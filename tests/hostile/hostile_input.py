"""What a hostile input is: bytes, and what has to become of them on every Python."""

from typing import Literal, NamedTuple

Outcome = Literal[
    "read", "syntax", "too-deep", "too-complex", "encoding", "too-large", "too-many-lines"
]


class Hostile(NamedTuple):
    """One file made to crash, hang or fool a parser; `outcome` is its fault, or that it is read."""

    name: str
    content: bytes
    outcome: Outcome


def case(name: str, text: str, outcome: Outcome) -> Hostile:
    return Hostile(name, text.encode("utf-8", "surrogatepass"), outcome)
