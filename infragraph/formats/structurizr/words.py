"""Strings of Structurizr's language, which has few escapes.

A quote and a newline can be written. A backslash before `n` is always a newline, one at the end
takes the closing quote, and `${` begins a constant or a variable of the environment; there is no
way to write these, so that a space of no width stands between.
"""

from collections.abc import Iterator
from itertools import pairwise

from infragraph.model.diagram import Mark
from infragraph.views.writable import writable

APART = "\N{ZERO WIDTH SPACE}"

_END = ""


def mark_tag(mark: Mark) -> str:
    """Apart from the tags of kinds and relations, some of which are called the same."""
    return f"mark:{mark}"


def quoted(text: str) -> str:
    return f'"{"".join(_escaped(writable(text)))}"'


def _escaped(text: str) -> Iterator[str]:
    for character, following in pairwise((*text, _END)):
        if character == '"':
            yield '\\"'
        elif character == "\n":
            yield "\\n"
        elif (character == "\\" and following in {"n", _END}) or (character, following) == (
            "$",
            "{",
        ):
            yield f"{character}{APART}"
        else:
            yield character
