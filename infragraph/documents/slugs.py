"""Any text as a word that file systems and other catalogues admit."""

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

LONGEST = 40


def slug(text: str) -> str:
    """Lower-case letters, digits, `-` and `_`; no two texts give one, and names of the SDK stay.

    `SMTP_PASSWORD` is `smtp_password`. All else has a digest, since file systems and Backstage tell
    no case apart.
    """
    if _NAME.fullmatch(text) or _CONSTANT.fullmatch(text):
        small = text.lower()
        if len(text) <= LONGEST and not _DIGESTED.search(small) and small not in _RESERVED:
            return small
    return _digested(text, text)


def distinct(names: Mapping[str, str]) -> Mapping[str, str]:
    """Names of files for things that have legal names already, which may differ in case alone."""
    uses = Counter(name.casefold() for name in names.values())
    return {
        thing: name
        if uses[name.casefold()] == 1
        and len(name) <= _LONGEST_FILE
        and _FILE.fullmatch(name)
        and not _DIGESTED.search(name)
        and name.casefold() not in _RESERVED
        else _digested(thing, name)
        for thing, name in names.items()
    }


def shortened(text: str, most: int) -> str:
    """What is too long, cut, with a digest of the whole."""
    if len(text) <= most:
        return text
    return f"{text[: most - _DIGEST - 1].rstrip('-_.')}-{_digest(text)}"


def _digested(text: str, shown: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", shown.lower())
    kept = words[: LONGEST - _DIGEST - 1].strip("-") or "unnamed"
    return f"{kept}-{_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


_DIGEST = 10
_LONGEST_FILE = 100
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CONSTANT = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)+")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?<!\.)")
_DIGESTED = re.compile(r"-[0-9a-f]{10}$")
"""A name that could be one with a digest has one too."""

_RESERVED = frozenset(
    {"aux", "con", "nul", "prn", *(f"{port}{it}" for port in ("com", "lpt") for it in range(1, 10))}
)
"""Devices, on Windows."""
