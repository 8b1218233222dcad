"""The hash by which GitHub recognises a finding after the lines above it have moved.

Its upload step computes the same one from the source and warns about any other: of the hundred
characters that follow the start of a line, blanks left out, with a number where it repeats.
"""

from collections.abc import Collection, Mapping

_WINDOW = 100
_BASE = 37
_WORD = (1 << 64) - 1
_END_OF_FILE = 0xFFFF


def line_hashes(text: str, lines: Collection[int]) -> Mapping[int, str]:
    """The hash of each of `lines`, 1-based."""
    leaving = pow(_BASE, _WINDOW, 1 << 64)
    window = [0] * _WINDOW
    starts = [0] * _WINDOW
    counts: dict[int, int] = {}
    hashes: dict[int, str] = {}
    value = index = line = 0
    at_start = True
    for unit in [*_units(text), _END_OF_FILE, *[0] * _WINDOW]:
        begun = starts[index]
        if begun:
            counts[value] = counts.get(value, 0) + 1
            if begun in lines:
                hashes[begun] = f"{value:x}:{counts[value]}"
            starts[index] = 0
        if at_start and unit:
            at_start = False
            line += 1
            starts[index] = line
        at_start = at_start or unit == ord("\n")
        value = (_BASE * value + unit - leaving * window[index]) & _WORD
        window[index] = unit
        index = (index + 1) % _WINDOW
    return hashes


def _units(text: str) -> list[int]:
    """UTF-16 units without blanks, every kind of line end as one line feed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    if plain.isascii():
        return list(plain.encode())
    encoded = plain.encode("utf-16-le", "surrogatepass")
    return [low | high << 8 for low, high in zip(encoded[::2], encoded[1::2], strict=True)]
