"""Tier 1: what a file's bytes say without parsing it.

Statements that stand inside strings are found too. That is harmless: more is read than need be.
"""

import re
from collections.abc import Iterator

from infragraph.frontend.extract.directives import WORD
from infragraph.model.sketch import Sketch, SketchedImport


def sketch(content: bytes, tokens: tuple[bytes, ...]) -> Sketch:
    """A pure function of the file's bytes and of the tokens that name libraries."""
    return Sketch(
        tokens=tuple(token.decode() for token in tokens if token in content),
        is_dynamic=b"__getattr__" in content and _DYNAMIC.search(content) is not None,
        has_directive=_DIRECTIVE in content,
        imports=tuple(_imports(content)),
    )


_DIRECTIVE = WORD.encode()
_DYNAMIC = re.compile(rb"^(?:def[ \t]+|from\b.*\b)?__getattr__\b", re.MULTILINE)


def _imports(content: bytes) -> Iterator[SketchedImport]:
    position = content.find(b"import")
    while position >= 0:
        start = max(content.rfind(b"\n", 0, position), content.rfind(b";", 0, position)) + 1
        head = content[start:position].strip()
        if b":" in head:
            # What stands before a one-line block's colon, as in `if x: import y`.
            head = head.rpartition(b":")[2].strip()
        if not head:
            for name in _names(content, position + len(b"import")):
                yield 0, name, ()
        elif head.startswith(b"from"):
            found = _from(head, content, position + len(b"import"))
            if found is not None:
                yield found
        position = content.find(b"import", position + len(b"import"))


_PLAIN = re.compile(rb"from[ \t]+(\w[\w.]*)", re.ASCII)
_SOURCE = re.compile(rb"from[ \t\\\r\n]*(\.[. \t]*|[ \t])[ \t]*([^\s#]*)", re.ASCII)
_COMMENT = re.compile(rb"#[^\n]*")


def _from(head: bytes, content: bytes, position: int) -> SketchedImport | None:
    plain = _PLAIN.fullmatch(head)
    if plain is not None:
        return 0, plain[1].decode(), _names(content, position)
    source = _SOURCE.fullmatch(head)
    if source is None:
        return None
    module = source[2].decode("utf-8", "replace")
    return source[1].count(b"."), module, _names(content, position)


def _names(content: bytes, position: int) -> tuple[str, ...]:
    """`name` of each `name as other` in a list of names, over as many lines as it has."""
    if content[position : position + 1] not in _BEFORE_NAMES:
        return ()
    end = content.find(b"\n", position)
    text = content[position : len(content) if end < 0 else end]
    if _UNUSUAL.search(text) is not None:
        text = _listed(content, position)
    words = [part.split(None, 1) for part in text.decode("utf-8", "replace").split(",")]
    return tuple([word[0] for word in words if word])


_BEFORE_NAMES = frozenset((b" ", b"\t", b"(", b"\\", b"*"))

_UNUSUAL = re.compile(rb"[(#\\;]")
"""What a line holds that is more than names."""


def _listed(content: bytes, position: int) -> bytes:
    opened = content.find(b"(", position)
    end = content.find(b"\n", position)
    end = len(content) if end < 0 else end
    if 0 <= opened < end and not content[position:opened].strip():
        closed = content.find(b")", opened)
        text = content[opened + 1 : len(content) if closed < 0 else closed]
        return _COMMENT.sub(b"", text)
    while content[position:end].rstrip(b"\r").endswith(b"\\"):
        following_end = content.find(b"\n", end + 1)
        end = len(content) if following_end < 0 else following_end
    text = content[position:end].replace(b"\\\n", b" ").replace(b"\\\r\n", b" ")
    return _COMMENT.sub(b"", text).partition(b";")[0]
