"""Words of people as Mermaid shows them."""

import re

from infragraph.views.writable import one_line

_SAFE = frozenset(" /,()")
_JOINING = frozenset("-_.")

APART = "\N{ZERO WIDTH SPACE}"

# What Mermaid takes for its own when it draws, after entities are characters again: a newline,
# mathematics, an icon, and its stand-ins for `&` and `;`. A space that takes no room parts them.
_TAKEN = re.compile(r"\\(?=n)|\$(?=\$)|:(?=fa-)|ﬂ(?=°)|¶(?=ß)")

_WIDE = {
    ord("&"): "\N{FULLWIDTH AMPERSAND}",
    ord("<"): "\N{FULLWIDTH LESS-THAN SIGN}",
    ord(">"): "\N{FULLWIDTH GREATER-THAN SIGN}",
}


def encoded(text: str) -> str:
    """On one line, with an entity for each sign that is none in the middle of a word."""
    characters = _untaken(one_line(text))
    ends = f" {characters} "
    return "".join(
        character
        if _is_plain(character)
        or (character in _JOINING and _is_word(ends[at]) and _is_word(ends[at + 2]))
        else f"#{ord(character)};"
        for at, character in enumerate(characters)
    )


def titled(text: str) -> str:
    """A title without signs of HTML: Mermaid cleans it as HTML, and then shows it as text."""
    return _untaken(one_line(text)).translate(_WIDE)


def _untaken(text: str) -> str:
    return _TAKEN.sub(lambda found: found[0] + APART, text)


def _is_plain(character: str) -> bool:
    return character in _SAFE or _is_word(character)


def _is_word(character: str) -> bool:
    return character.isalnum() if character.isascii() else character != APART
