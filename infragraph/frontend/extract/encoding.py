"""Bytes to text, refused where it is not certain that Python reads the same text."""

import re
from typing import Literal

from infragraph.frontend.extract.text import Text
from infragraph.model.facts import FileFault
from infragraph.model.source import Position

LARGEST = 5_000_000
MOST_LINES = 100_000

_MARK = b"\xef\xbb\xbf"
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NO_CODE = re.compile(rb"^[ \t\f]*(?:#.*)?$")

# Encodings in which every ASCII byte means itself, by the names Python knows them under. With
# others (`unicode_escape`, `utf-7`, …) a comment may decode to code.
_ISO_8859 = (*range(2, 12), 13, 14, 15, 16)
ALLOWED = {
    **dict.fromkeys(("ascii", "us-ascii", "646"), "ascii"),
    **dict.fromkeys(("utf-8", "utf8", "u8", "utf", "utf-8-sig"), "utf-8"),
    **dict.fromkeys(("latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1"), "latin-1"),
    **dict.fromkeys(("latin-2", "latin2", "l2"), "iso-8859-2"),
    **dict.fromkeys(("latin-9", "latin9", "l9"), "iso-8859-15"),
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in _ISO_8859},
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in _ISO_8859},
    **{f"cp125{page}": f"cp125{page}" for page in range(9)},
    **{f"windows-125{page}": f"cp125{page}" for page in range(9)},
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
}


def decode(content: bytes) -> Text | FileFault:
    """The text of a file, with line feeds only and without its byte order mark."""
    if len(content) > LARGEST:
        return _fault("too-large", "the file is larger than 5 MB")
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if lines.count(b"\n") >= MOST_LINES + lines.endswith(b"\n"):
        return _fault("too-many-lines", "the file has more than 100,000 lines")
    if b"\0" in lines:
        return _encoding(lines, lines.index(b"\0"), "the file holds a zero byte")
    has_mark = lines.startswith(_MARK)
    lines = lines.removeprefix(_MARK)
    cookie, at = _cookie(lines)
    encoding = ALLOWED.get(_plain(cookie)) if cookie else "utf-8"
    if encoding is None or (has_mark and encoding != "utf-8"):
        detail = "the declared encoding is not one that is read"
        if encoding is not None:
            detail = "the declared encoding contradicts the byte order mark"
        return FileFault("encoding", detail, at)
    try:
        return Text(lines.decode(encoding))
    except UnicodeDecodeError as error:
        return _encoding(lines, error.start, f"the file is not {encoding}")


def _cookie(lines: bytes) -> tuple[str, Position]:
    """The encoding that a comment declares, and the comment's place as far as it says so."""
    for number, line in enumerate(lines.split(b"\n", 2)[:2], start=1):
        found = _COOKIE.match(line)
        if found is not None:
            start = len(line) - len(line.lstrip(b" \t\f"))
            first, last = (len(line[:end].decode(errors="replace")) for end in (start, found.end()))
            at = Position(number, first + 1, number, last + 1)
            return found.group(1).decode("latin-1"), at
        if not _NO_CODE.match(line):
            break
    return "", Position(1, 1, 1, 1)


def _plain(cookie: str) -> str:
    name = cookie.lower().replace("_", "-")
    # Python reads `utf-8-unix` and `latin-1-dos`, which editors write, by their first part.
    for known in ("utf-8", "latin-1", "iso-8859-1", "iso-latin-1"):
        if name.startswith(known + "-") and name != "utf-8-sig":
            return "latin-1" if known != "utf-8" else known
    return "latin-1" if name == "iso-latin-1" else name


def _encoding(lines: bytes, index: int, detail: str) -> FileFault:
    line = lines.count(b"\n", 0, index) + 1
    before = lines[lines.rfind(b"\n", 0, index) + 1 : index]
    column = len(before.removeprefix(_MARK).decode(errors="replace")) + 1
    return FileFault("encoding", detail, Position(line, column, line, column + 1))


def _fault(kind: Literal["too-large", "too-many-lines"], detail: str) -> FileFault:
    return FileFault(kind, detail, Position(1, 1, 1, 1))
