"""YAML that every parser reads as the same values, whether it knows version 1.1 or 1.2.

Text is written plain only where no version could take it for anything else, as a block where it
has lines, and otherwise in double quotes with everything escaped that does not print.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from infragraph.model.graph import Property


def written(value: Mapping[str, Property], *, comment: str) -> str:
    """A document below a comment of one line."""
    lines = _mapping(value) if value else ("{}",)
    return "".join(f"{line}\n" for line in (f"# {comment}", *lines))


def _mapping(value: Mapping[str, Property]) -> Iterator[str]:
    for name, member in value.items():
        key = _scalar(name)
        if len(key) > _LONGEST_KEY:
            yield f"? {key}"
            yield from _below("", member)
        else:
            yield from _below(key, member)


def _below(key: str, value: Property) -> Iterator[str]:
    """A member with its key, items of lists as deep as it."""
    match value:
        case Mapping() if value:
            yield f"{key}:"
            yield from (f"  {line}" if line else line for line in _mapping(value))
        case str() if _is_block(value):
            yield f"{key}: {_head(value)}"
            yield from (f"  {line}" if line else line for line in _lines(value))
        case Sequence() if value and not isinstance(value, str):
            yield f"{key}:"
            yield from _items(value)
        case _:
            yield f"{key}: {_scalar(value)}"


def _items(value: Sequence[Property]) -> Iterator[str]:
    for item in value:
        match item:
            case Mapping() if item:
                lines = _mapping(item)
            case Sequence() if item and not isinstance(item, str):
                lines = _items(item)
            case _:
                lines = iter((_scalar(item),))
        for number, line in enumerate(lines):
            yield f"{'  ' if number else '- '}{line}" if line else line


def _scalar(value: Property) -> str:  # noqa: PLR0911 - a line per form
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case str():
            return value if _is_plain(value) else _quoted(value)
        case Mapping():
            return "{}"
        case _:
            return "[]"


def _number(value: float) -> str:
    """Version 1.1 reads `1e+16` as text, so that a point must be there."""
    if value != value or value in {_INFINITE, -_INFINITE}:  # noqa: PLR0124 - what NaN is known by
        return {_INFINITE: ".inf", -_INFINITE: "-.inf"}.get(value, ".nan")
    digits, mark, exponent = repr(value).partition("e")
    return f"{digits if '.' in digits else f'{digits}.0'}{mark}{exponent}"


def _is_plain(value: str) -> bool:
    return _PLAIN.fullmatch(value) is not None and value.lower() not in _WORDS


def _is_block(value: str) -> bool:
    lines = _lines(value)
    return (
        "\n" in value
        and not value.endswith("\n\n")
        and lines[0][:1] not in {"", " "}
        and not any(line.endswith(" ") or _UNSEEN.search(line) for line in lines)
    )


def _head(value: str) -> str:
    return "|" if value.endswith("\n") else "|-"


def _lines(value: str) -> list[str]:
    return value.removesuffix("\n").split("\n")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_UNSEEN.sub(_code, escaped)}"'


def _code(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= _TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"


_INFINITE = float("inf")
_TWO_DIGITS, _FOUR_DIGITS = 0xFF, 0xFFFF
_LONGEST_KEY = 1000
"""Parsers look 1,024 characters ahead for the colon."""

_PLAIN = re.compile(r"[A-Za-z_/$](?:(?:[\w./(){}';,` -]|:(?=[\w/]))*[\w./(){}';`-])?", re.ASCII)
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\uf8ff\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U0010ffff]"
)
"""Controls, blanks but the space, marks of direction and what is no character.

Written out, since what counts as printable changes with every version of Python.
"""
