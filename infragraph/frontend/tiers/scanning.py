"""The import statements in a file's bytes, found without parsing it.

Statements that stand inside strings are found too. That is harmless: more is read than need be.
Every byte is looked at a bounded number of times, whatever the lines are like.

Imports as little as it can: the warm exit of the command looks at files that have changed with it.
"""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infragraph.model.sketch import SketchedImport

    Scanned = tuple[tuple[str, ...], bool, bool, tuple[SketchedImport, ...]]
    """What a `Sketch` is made of."""

DIRECTIVE = b"infragraph:"
"""What a comment holds that speaks to this tool."""

_DYNAMIC = re.compile(rb"^(?:def[ \t]+|from\b.*\b)?__getattr__\b", re.MULTILINE)


def scanned(content: bytes, tokens: tuple[bytes, ...]) -> "Scanned":
    """A pure function of the file's bytes and of the tokens that name libraries."""
    return (
        tuple([token.decode() for token in tokens if token in content]),
        b"__getattr__" in content and _DYNAMIC.search(content) is not None,
        DIRECTIVE in content,
        tuple(_imports(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))),
    )


_KEYWORD = b"import"
_MARKS = (b";", b":")
"""What a statement may begin behind, besides the end of a line."""

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") | frozenset(
    range(0x80, 0x100)
)
"""What makes the word another one."""

_AFTER = frozenset((b" ", b"\t", b"\f", b"(", b"*", b"\\"))
"""What follows the word where names follow."""

_GOES_ON = ord("\\")
_BLANK = b" \t\f\\\n"
_W = rb"[ \t\f\\\n]"
_HEAD = re.compile(
    rb"%b*+(?:from(%b*+\.[. \t\f\\\n]*+|%b++)((?:[\w\x80-\xff]++(?:%b*+\.%b*+)?+)*+)%b*+)?+"
    % ((_W,) * 6)
)
"""What may stand before the word: nothing, or `from` with the dots and the module."""

_PLAIN = re.compile(rb"[ \t]*+(?:from[ \t]++(\w[\w.]*+)[ \t]++)?+import[ \t]++([\w,. \t]++)(?=\n)")
_LIST = re.compile(rb"[\w,.* \t\f\x80-\xff]*+(?:\\\n[\w,.* \t\f\x80-\xff]*+)*+")
_BRACKETED = re.compile(rb"[\w,.*\s\\\x80-\xff]*+(?:#[^\n]*+[\w,.*\s\\\x80-\xff]*+)*+")
_COMMENT = re.compile(rb"#[^\n]*+")
_AROUND_DOT = re.compile(r"[ \t\f]*\.[ \t\f]*")


def _imports(content: bytes) -> "list[SketchedImport]":
    """The statements in their order.

    Between two marks the first `import` alone can be a statement's own.
    """
    found: list[SketchedImport] = []
    find, rfind = content.find, content.rfind
    start = looked = unclosed = 0
    is_open = True
    position = find(_KEYWORD)
    while position >= 0:
        begins = rfind(b"\n", looked, position) + 1
        is_own_line = begins and content[begins - 2] != _GOES_ON
        plain = _PLAIN.match(content, begins) if is_own_line else None
        if plain is not None:
            # Most statements are so.
            _add(found, 0, plain[1], _listed(plain[2].decode()))
            start, is_open, looked = begins, False, plain.end()
        else:
            begins = _begins(content, looked, position)
            if begins:
                start, is_open = begins, True
            looked = position + len(_KEYWORD)
            is_word = position == start or content[position - 1] not in _WORD
            if is_open and is_word and content[looked : looked + 1] in _AFTER:
                is_open = False
                head = _HEAD.fullmatch(content, start, position)
                if head is not None:
                    names, looked, unclosed = _names(content, looked, unclosed)
                    source = head[2] if head[2] is None else head[2].translate(None, _BLANK)
                    _add(found, (head[1] or b"").count(b"."), source, names)
        position = find(_KEYWORD, looked)
    return found


def _add(
    found: "list[SketchedImport]", level: int, source: bytes | None, names: tuple[str, ...]
) -> None:
    if source is None:
        found.extend([(0, name, ()) for name in names])
    else:
        found.append((level, _text(source), names))


def _begins(content: bytes, looked: int, position: int) -> int:
    """Where what stands at a place may begin, not before `looked`; 0 if that is earlier."""
    begins = _line(content, looked, position)
    for mark in _MARKS:
        begins = max(begins, content.rfind(mark, max(looked, begins), position) + 1)
    return begins


def _line(content: bytes, looked: int, position: int) -> int:
    """Where the line of a place begins, none of which lies before `looked`; 0 if that is earlier.

    A line that goes on in the next one is the same, unless a comment seems to do so.
    """
    line = content.rfind(b"\n", looked, position)
    while line > 0 and content[line - 1] == _GOES_ON:
        above = content.rfind(b"\n", looked, line)
        if content.find(b"#", max(above, looked), line) >= 0:
            break
        line = above
    return line + 1


def _names(content: bytes, position: int, unclosed: int) -> tuple[tuple[str, ...], int, int]:
    """The names of a list, where it ends, and up to where brackets are known not to be closed.

    Of a list that is not closed there are none, which says that it may be any.
    """
    listed = _LIST.match(content, position)
    end = position if listed is None else listed.end()
    text = content[position:end]
    if content[end : end + 1] == b"(" and not text.strip(_BLANK):
        if end < unclosed:
            return (), position, unclosed
        bracketed = _BRACKETED.match(content, end + 1)
        closed = end if bracketed is None else bracketed.end()
        if content[closed : closed + 1] != b")":
            return (), position, closed
        text = content[end + 1 : closed]
        end = closed
        if b"#" in text:
            text = _COMMENT.sub(b"", text)
    if b"\\" in text:
        text = text.replace(b"\\", b" ")
    return _listed(_text(text)), end, unclosed


def _listed(text: str) -> tuple[str, ...]:
    """`name` of each `name as other`."""
    if " ." in text or ". " in text or "\t" in text:
        text = _AROUND_DOT.sub(".", text)
    if "," not in text:
        return tuple(text.split(None, 1)[:1])
    words = [part.split(None, 1) for part in text.split(",")]
    return tuple([word[0] for word in words if word])


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace")
