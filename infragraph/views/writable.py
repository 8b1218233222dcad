"""Text as a file that people read and compare can hold it."""

import unicodedata
from collections.abc import Iterator

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_PICTURES = 0x2400
_DELETE = "\x7f"
_PICTURE_OF_DELETE = "\N{SYMBOL FOR DELETE}"
_NEWLINES = ("\r\n", "\r", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")

# What turns the text that follows in the file itself, and what is no character. The two marks that
# text from right to left needs may stay.
_UNFIT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


def writable(text: str) -> str:
    """With something to see in the place of what is no text; a newline is always the same one."""
    for newline in _NEWLINES:
        text = text.replace(newline, "\n")
    return "".join(_characters(text))


def one_line(text: str) -> str:
    """As `writable`, with a space for each newline."""
    return writable(text).replace("\n", " ")


def _characters(text: str) -> Iterator[str]:
    for character in text:
        if character == "\n":
            yield character
        elif character == _DELETE:
            yield _PICTURE_OF_DELETE
        elif character < " ":
            yield chr(_PICTURES + ord(character))
        elif character in _UNFIT or unicodedata.category(character) in {"Cc", "Cs"}:
            yield _REPLACEMENT
        else:
            yield character
