import codecs

import pytest

from infragraph.frontend.extract.encoding import ALLOWED, decode
from infragraph.frontend.extract.text import Text
from infragraph.model.facts import FileFault
from infragraph.model.source import Position


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (codecs.BOM_UTF8 + b"x = 1\n", "x = 1\n"),
        (b"a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = '\u00e9'\n"),
        (b"# vim: set fileencoding=cp1252 :\n'\x80'\n", "# vim: set fileencoding=cp1252 :\n'€'\n"),
        (b"# -*- coding: utf-8-unix -*-\n'\xc3\xa9'", "# -*- coding: utf-8-unix -*-\n'\u00e9'"),
        (b"# coding: iso8859_5\n'\xb0'", "# coding: iso8859_5\n'\u0410'"),
        (b"\n# coding: iso-8859-15\n'\xa4'", "\n# coding: iso-8859-15\n'€'"),
        (b"x = 1\n# coding: rot13\n", "x = 1\n# coding: rot13\n"),
    ],
)
def test_text_is_what_python_would_read(content: bytes, text: str) -> None:
    decoded = decode(content)

    assert isinstance(decoded, Text)
    assert decoded.text == text


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            b"# coding: utf-7\n",
            ("encoding", "the declared encoding is not one that is read", (1, 1, 1, 16)),
        ),
        (
            b"#\n# coding: raw_unicode_escape\n",
            ("encoding", "the declared encoding is not one that is read", (2, 1, 2, 29)),
        ),
        (
            codecs.BOM_UTF8 + b"# coding: cp1252\n",
            ("encoding", "the declared encoding contradicts the byte order mark", (1, 1, 1, 17)),
        ),
        (b"x = 1\ny = '\xe9'\n", ("encoding", "the file is not utf-8", (2, 6, 2, 7))),
        ("é = '".encode() + b"\xff'", ("encoding", "the file is not utf-8", (1, 6, 1, 7))),
        (b"# coding: ascii\n\xc3", ("encoding", "the file is not ascii", (2, 1, 2, 2))),
        (b"x = 1\n\0", ("encoding", "the file holds a zero byte", (2, 1, 2, 2))),
        (b"#" * 5_000_001, ("too-large", "the file is larger than 5 MB", (1, 1, 1, 1))),
        (
            b"\n" * 100_000 + b"x",
            ("too-many-lines", "the file has more than 100,000 lines", (1, 1, 1, 1)),
        ),
    ],
)
def test_bytes_that_are_not_surely_text_are_refused(
    content: bytes, fault: tuple[str, str, tuple[int, int, int, int]]
) -> None:
    kind, detail, at = fault

    assert decode(content) == FileFault(kind, detail, Position(*at))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", sorted(set(ALLOWED.values())))
def test_every_ascii_byte_means_itself_in_what_is_allowed(encoding: str) -> None:
    """Else a comment, as bytes, could be code, as text."""
    ascii_bytes = bytes(range(128))

    assert ascii_bytes.decode(encoding) == ascii_bytes.decode("ascii")
    for byte in range(128, 256):
        assert not bytes([byte, 10, 34]).decode(encoding, "replace").isascii()
        assert bytes([byte, 10, 34]).decode(encoding, "replace")[-2:] == '\n"'
