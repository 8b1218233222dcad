"""Bytes that are not text, or not the text that they seem to be."""

import codecs
from collections.abc import Iterator

from tests.hostile.hostile_input import Hostile, Outcome

_BODY = b"\nx = 1\n"

_REFUSED = (
    "rot13", "rot_13", "hex", "hex_codec", "zlib_codec", "bz2", "base64", "quopri", "uu",
    "punycode", "undefined", "utf-16", "utf-16-le", "utf-32", "utf-7", "idna", "mbcs", "oem",
    "unicode_escape", "raw_unicode_escape", "unicode-escape", "string_escape", "cp037", "cp500",
    "utf-16be", "no-such-encoding", "../../etc/passwd", "shift_jis", "gb18030", "iso2022_jp",
)  # fmt: skip

_READ = (
    "utf-8", "utf8", "UTF-8", "utf_8", "utf-8-unix", "utf-8-sig", "U8", "ascii", "us-ascii",
    "latin-1", "latin1", "iso-8859-1", "ISO-8859-15", "cp1252", "windows-1252", "koi8-r",
)  # fmt: skip


def encodings() -> Iterator[Hostile]:
    for name in _REFUSED:
        yield Hostile(f"declared {name}", f"# coding: {name}".encode() + _BODY, "encoding")
    for name in _READ:
        yield Hostile(f"declared {name}", f"# -*- coding: {name} -*-".encode() + _BODY, "read")
    yield from _declarations()
    yield from _bytes()
    yield from _ends_of_lines()


def _declarations() -> Iterator[Hostile]:
    hidden = rb"# coding: raw_unicode_escape" + b"\n" + rb"a = 1 # \u000aimport os" + b"\n"
    yield Hostile("code hidden in an encoding", hidden, "encoding")
    yield Hostile("declared in the second line", b"# a\n# coding: utf-7\nx = 1\n", "encoding")
    yield Hostile("declared in the third line", b"# a\n# b\n# coding: utf-7\nx = 1\n", "read")
    yield Hostile("declared after code", b"x = 1\n# coding: utf-7\n", "read")
    yield Hostile("declared by a carriage return", b"# a\r# coding: utf-7\rx = 1\r", "encoding")
    yield Hostile("declared after a form feed", b"\f# coding: utf-7\nx = 1\n", "encoding")
    yield Hostile("declared with a mark", codecs.BOM_UTF8 + b"# coding: latin-1\n", "encoding")
    yield Hostile("declared twice", b"# coding: utf-8\n# coding: utf-7\nx = 1\n", "read")
    yield Hostile(
        "an encoding with a name of 1 MB", b"# coding: " + b"a" * 1_000_000 + _BODY, "encoding"
    )
    yield Hostile("ascii that is not", b"# coding: ascii\nx = '\xc3\xa9'\n", "encoding")


def _bytes() -> Iterator[Hostile]:
    outcomes: dict[str, tuple[bytes, Outcome]] = {
        "nothing": (b"", "read"),
        "a mark alone": (codecs.BOM_UTF8, "read"),
        "two marks": (codecs.BOM_UTF8 * 2 + b"x = 1\n", "syntax"),
        "UTF-16 with a mark": ("x = 1\n".encode("utf-16"), "encoding"),
        "UTF-32 with a mark": ("x = 1\n".encode("utf-32"), "encoding"),
        "UTF-16 without a mark": ("x = 1\n".encode("utf-16-le"), "encoding"),
        "latin-1 undeclared": (b"x = '\xe9'\n", "encoding"),
        "a lone surrogate": (b"x = '\xed\xa0\x80'\n", "encoding"),
        "an overlong form": (b"x = '\xc0\xaf'\n", "encoding"),
        "past the last code point": (b"x = '\xf4\x90\x80\x80'\n", "encoding"),
        "cut inside a character": ("x = '\u20ac".encode()[:-1], "encoding"),
        "a zero byte": (b"x = 1\0\n", "encoding"),
        "a zero byte in a comment": (b"x = 1 # \0\n", "encoding"),
        "a zero byte in a string": (b"x = '\0'\n", "encoding"),
        "zero bytes alone": (b"\0" * 10_000, "encoding"),
        "every byte": (bytes(range(256)), "encoding"),
        "every byte but zero": (bytes(range(1, 256)), "encoding"),
        "control characters": (bytes([*range(1, 9), *range(14, 32)]) + b"\n", "syntax"),
        "an escape": (b"\x1b[31mx = 1\n", "syntax"),
        "escapes in a string": (b"x = '\x1b[31m\x07'\n", "read"),
        "a compiled module": (b"\xa7\r\r\n\0\0\0\0" + b"\xe3\0\0\0" * 50, "encoding"),
        "an archive": (b"PK\x03\x04\x14\0\0\0", "encoding"),
        "direction marks": ("x = '\u202e\u2066'  # \u202d\n".encode(), "read"),
        "a direction mark in code": ("x = \u202e1\n".encode(), "syntax"),
        "wide spaces": ("x\u00a0=\u20031\n".encode(), "syntax"),
        "line separators": ("x = 1\u2028y = 2\n".encode(), "syntax"),
        "a line separator in a string": ("x = '\u2028\u2029\x85'\n".encode(), "read"),
        "names that are alike": ("\ufb01x = 1\nfix = 2\n\u212b = 1\n".encode(), "read"),
        "a name of combining marks": (("x" + "\u0301" * 5_000 + " = 1\n").encode(), "read"),
        "surrogates by escape": (rb"x = '\ud800\udfff'" + b"\n", "read"),
        "characters by name": (rb"x = '\N{BULLET}\N{DIGIT ONE}'" + b"\n", "read"),
        "a character without that name": (rb"x = '\N{NO SUCH}'" + b"\n", "syntax"),
        "an escape cut off": (rb"x = '\x4'" + b"\n", "syntax"),
        "escapes that mean nothing": (rb"x = '\d\c\q'" + b"\n", "read"),
    }
    for name, (content, outcome) in outcomes.items():
        yield Hostile(name, content, outcome)


def _ends_of_lines() -> Iterator[Hostile]:
    yield Hostile("carriage returns alone", b"x = 1\ry = 2\r", "read")
    yield Hostile("mixed ends of lines", b"x = 1\r\ny = 2\rz = 3\n\r", "read")
    yield Hostile("carriage returns in a string", b"x = '''a\rb\r\nc'''\r", "read")
    yield Hostile("a carriage return in a string", b"x = 'a\rb'\n", "syntax")
    yield Hostile("form feeds", b"\f\fx = 1\n\f\nif 1:\n\f    y = 2\n", "read")
    yield Hostile("a vertical tab", b"x = 1\v\n", "syntax")
    yield Hostile("no last end of line", b"x = 1", "read")
    yield Hostile("a comment that ends the file", b"# x", "read")
    yield Hostile("a backslash that ends the file", b"x = 1\\", "syntax")
    yield Hostile("space alone", b" " * 10_000, "read")
    yield Hostile("90k empty lines", b"\n" * 90_000, "read")
