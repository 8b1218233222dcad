"""Words of messages: suggestions for misspelt names, and lists of alternatives."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that was most likely meant, if any is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for its import

    matches = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def alternatives(known: Iterable[str]) -> str:
    """`'a', 'b' or 'c'`."""
    quoted = [f"'{name}'" for name in known]
    if len(quoted) < 2:  # noqa: PLR2004 - a list needs two
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"
