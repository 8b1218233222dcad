"""Words as they stand in a picture: without what breaks lines, and no longer than there is room.

Which font a browser takes is not known, so that the widths are those of a wide one.
"""

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"

# Hundredths of the font's size; of a bold font an eighth more.
_WIDTHS = {
    **dict.fromkeys("ijlI'", 30),
    **dict.fromkeys(" .,:;fr/\\|!-()[]t", 41),
    **dict.fromkeys('csvxyzkJ?"_*`', 59),
    **dict.fromkeys("abdeghnopquFLTY0123456789$", 64),
    **dict.fromkeys("ABCEKPRSVXZ{}", 70),
    **dict.fromkeys("DGHNOQUw&+<>=^~#", 84),
    **dict.fromkeys("mMW%@", 100),
}
_BOLD = 1.13
_OTHER = 72
_WIDE = 108
_PICTURE = 140
_PICTURES = 0x1F000

# What may not stand in XML, and what turns the direction of the text around it.
_FORBIDDEN = frozenset("\ufffe\uffff")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """On one line, with a replacement for each character that cannot be shown."""
    return " ".join("".join(_shown(text)).split())


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    hundredths = sum(map(_width, text))
    return hundredths * size / 100 * (_BOLD if is_bold else 1)


def fitted(text: str, size: float, limit: float, *, is_bold: bool = False) -> str:
    """The text, or as much of its beginning and its end as there is room for."""
    if width(text, size, is_bold=is_bold) <= limit:
        return text
    for kept in range(len(text) - 1, 1, -1):
        # The ends of names tell more than their middles.
        tail = kept // 3
        shortened = f"{text[: kept - tail].rstrip()}{ELLIPSIS}{text[len(text) - tail :].lstrip()}"
        if width(shortened, size, is_bold=is_bold) <= limit:
            return shortened
    return ELLIPSIS


def wrapped(text: str, size: float, limit: float, breaks: str = " ") -> Iterator[str]:
    """Lines that end after `breaks`; what is too long for a line is shortened."""
    line = ""
    for part in text.split(breaks):
        joined = f"{line}{breaks}{part}" if line else part
        if line and width(joined, size) > limit:
            yield fitted(f"{line}{breaks}".rstrip(), size, limit)
            joined = part
        line = joined
    yield fitted(line, size, limit)


def _shown(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if character.isspace():
            yield " "
        elif category in {"Cc", "Cs", "Cn"} or character in _FORBIDDEN:
            yield "\ufffd"
        elif character not in _TURNING:
            yield character


def _width(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Cf"}:
        return 0
    if ord(character) >= _PICTURES or unicodedata.category(character) == "So":
        return _PICTURE
    return _WIDE if unicodedata.east_asian_width(character) in {"F", "W"} else _OTHER
