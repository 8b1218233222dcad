"""Names of a cloud's things: legal and stable, long ones with a hash for their end."""

from hashlib import sha256

_DIGITS = 8


def physical_name(full: str, *, limit: int, suffix: str = "") -> str:
    """`full`, or a start of it and eight digits of a hash where that is over `limit` characters.

    Different names stay different, but for a collision of hashes, which the caller checks where it
    has all names. Who joins a name of parts sees to it that they can be told apart in it.
    """
    if len(full) + len(suffix) <= limit:
        return full + suffix
    room = limit - len(suffix) - _DIGITS - 1
    assert room > 0, "a limit leaves room for a name"
    return f"{full[:room].rstrip('-')}-{sha256(full.encode()).hexdigest()[:_DIGITS]}{suffix}"
