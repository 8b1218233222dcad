"""Text in which nothing is hidden: controls as the pictures that Unicode has of them."""

import re


def visible(text: str) -> str:
    """Lines end by a line feed alone."""
    return _CONTROL.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(text: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Lines of each paragraph, and whether they stay lines: those of lists and of examples do."""
    found = (
        tuple(line.rstrip(" \t") for line in part.split("\n") if line.strip(" \t"))
        for part in re.split(r"\n[ \t]*\n", visible(text))
    )
    return tuple((lines, any(_KEPT.match(line) for line in lines)) for lines in found if lines)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return "\u2421" if code == _DELETE else chr(0x2400 + code)


_DELETE = 0x7F
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_KEPT = re.compile(r"[ \t]|[-*+] |>>> |\d+[.)] ")
