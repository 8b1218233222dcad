"""Names of a cloud's things: legal, stable and injective, long ones with a hash for their end."""

from collections.abc import Sequence
from hashlib import sha256

_DIGITS = 8


def physical_name(parts: Sequence[str], *, limit: int, suffix: str = "") -> str:
    """`parts` joined by `-`; over `limit` characters, a start of it and eight digits of a hash.

    A part holds no two `-` in a row and neither begins nor ends with one, and `limit` leaves room
    for more than the hash and `suffix`. Names of different parts differ, but for a collision of
    hashes, which the caller checks where it has all names.
    """
    full = "-".join(parts)
    if len(full) + len(suffix) <= limit:
        return full + suffix
    room = limit - len(suffix) - _DIGITS - 1
    assert room > 0, "a limit leaves room for a name"
    return f"{full[:room].rstrip('-')}-{sha256(full.encode()).hexdigest()[:_DIGITS]}{suffix}"
