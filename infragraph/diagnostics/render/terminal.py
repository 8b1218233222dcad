"""What a terminal does with text: its width, its colours, and what must never reach it."""

import textwrap
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

TAB = 4

ROOM = 20
"""Columns that text is given however narrow the page is."""


class Colour(StrEnum):
    """SGR codes; bright ones are left alone, since themes disagree most about those."""

    BOLD = "1"
    FAINT = "2"
    RED = "1;31"
    YELLOW = "1;33"
    BLUE = "1;34"
    CYAN = "36"


def painted(text: str, colour: Colour, *, is_coloured: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if is_coloured and text else text


def safe(text: str) -> str:
    """Text that cannot move the cursor, reorder what stands beside it, or end the line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character for character in text if _is_safe(character))


def width(text: str) -> int:
    """The columns that text takes, once it is `safe`."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def wrapped(text: str, room: int) -> Sequence[str]:
    """The lines of a text, broken between words alone: names are to be copied."""
    return textwrap.wrap(text, max(room, ROOM), break_long_words=False, break_on_hyphens=False)


def displayed(line: str, columns: tuple[int, int]) -> tuple[str, int, int]:
    """A source line as it is shown, and where in it a stretch of `columns` begins and ends."""
    shown: list[str] = []
    used = start = end = 0
    for number, character in enumerate(line, start=1):
        if number == columns[0]:
            start = used
        if number == columns[1]:
            end = used
        if character == "\t":
            step = TAB - used % TAB
            shown.append(" " * step)
        elif _is_safe(character):
            step = _columns(character)
            shown.append(character)
        else:
            step = 0
        used += step
    # A stretch can begin or end one past the last character.
    start = used + columns[0] - len(line) - 1 if columns[0] > len(line) else start
    end = used if columns[1] > len(line) else end
    return "".join(shown), start, max(end, start + 1)


def windowed(text: str, start: int, end: int, limit: int) -> tuple[str, int, int]:
    """The part of a long line around a stretch of it, with `…` where something is left out."""
    if width(text) <= limit:
        return text, start, min(end, max(width(text), start + 1))
    first = max(0, min(start - limit // 3, width(text) - limit))
    columns = 0
    kept: list[str] = []
    for character in text:
        step = _columns(character)
        if first <= columns and columns + step <= first + limit - 1:
            kept.append(character)
        columns += step
    shown = "".join(kept)
    lead = "…" if first > 0 else ""
    shown = (lead + shown[1:] if lead else shown) + ("…" if first + limit < columns else "")
    return shown, start - first, max(min(end - first, limit - 1), start - first + 1)


def _is_safe(character: str) -> bool:
    """Printable, or a mark that joins the character before it."""
    return character.isprintable() and unicodedata.category(character) not in {"Cf", "Cc", "Cs"}


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
