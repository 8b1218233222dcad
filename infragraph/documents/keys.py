"""Any text as a key that documents admit."""

import re


def key(text: str) -> str:
    """Letters, digits, `_` and `-`; names of the SDK stay, and no two texts give one key."""
    if _LEGAL.fullmatch(text) and not _CODED.search(text):
        return text
    return re.sub(r"[^A-Za-z0-9_]", _code, text) or "-u-"


def _code(match: re.Match[str]) -> str:
    return f"-u{ord(match.group()):x}-"


_LEGAL = re.compile(r"[A-Za-z0-9_-]+")
_CODED = re.compile(r"-u[0-9a-f]*-")
