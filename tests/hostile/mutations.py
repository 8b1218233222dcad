"""Real source, damaged byte by byte."""

import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

_LARGEST = 40_000
_PIECES = (
    b"(", b")", b"[", b"]", b"{", b"}", b"'", b'"', b"'''", b'"""', b"f'", b"\\", b"\n", b"\r",
    b"\t", b" ", b"\0", b"\x0c", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"#", b":",
    b"=", b",", b".", b";", b"@", b"->", b":=", b"**", b"*", b"lambda: ", b"async ", b"await ",
    b"yield ", b"def ", b"class ", b"import ", b"type ", b"match ", b"case ", b"except ", b"else:",
    b"elif ", b"9" * 5000, b"0x", b"\\N{", b"{x!r:>{", b"# coding: utf-7\n", b"# infragraph: ",
    b"print 'x'\n", b"[T]", b"    ", b"if ", b"not ", b"-", b"1", b"\xe2\x80\xa8",
    b"\xf0\x9f\x98\x80",
)  # fmt: skip


@cache
def corpus() -> Sequence[Path]:
    """The standard library's files, with its tests where they are installed."""
    library = Path(sysconfig.get_path("stdlib"))
    return sorted(
        path
        for path in library.rglob("*.py")
        if "site-packages" not in path.parts and path.stat().st_size < _LARGEST
    )


def mutant(random: Random) -> bytes:
    """One file of the corpus after one to twenty changes."""
    content = random.choice(corpus()).read_bytes()
    for _ in range(random.choice((1, 1, 2, 3, 5, 10, 20))):
        content = _changed(content, random)
    return content


def _changed(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    end = min(len(content), start + random.choice((0, 1, 1, 2, 5, 20, 200)))
    cut = content[start:end]
    match random.randrange(7):
        case 0:
            new = b""
        case 1:
            new = random.choice(_PIECES)
        case 2:
            new = cut * random.choice((2, 3, 50, 300))
        case 3:
            new = random.choice(_PIECES) * random.choice((1, 2, 100, 250, 3_000))
        case 4:
            new = bytes([byte ^ (1 << random.randrange(8)) for byte in cut])
        case 5:
            new = _passage(random)
        case _:
            new = cut[::-1]
    return content[:start] + new + content[end:]


def _passage(random: Random) -> bytes:
    """Some lines of another file."""
    lines = random.choice(corpus()).read_bytes().splitlines(keepends=True)
    start = random.randrange(len(lines) + 1)
    return b"".join(lines[start : start + random.randrange(1, 20)])
