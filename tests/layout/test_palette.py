import pytest

from infragraph.layout.outlines import form_of
from infragraph.layout.palette import DARK, LIGHT, Palette
from infragraph.layout.plane import Box
from infragraph.views.legend import KINDS

BOX = Box(left=0, top=0, width=120, height=50)
PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@PALETTES
def test_every_kind_has_its_colours_and_no_two_have_the_same(palette: Palette) -> None:
    assert set(palette.kinds) == set(KINDS)
    fills = [tint.line for kind, tint in palette.kinds.items() if kind not in {"shared", "missing"}]
    assert len(set(fills)) == len(fills)


@PALETTES
def test_words_stand_out_from_what_they_stand_on(palette: Palette) -> None:
    pairs = [(palette.ink, palette.paper), (palette.muted, palette.paper)]
    pairs += [(palette.muted, palette.container), (palette.ink, palette.container)]
    for tint in palette.kinds.values():
        pairs += [(text, tint.fill) for text in (palette.ink, palette.muted, tint.words)]
    pairs += [(palette.cycle, palette.container), (palette.dead_letter, palette.container)]

    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@PALETTES
def test_lines_stand_out_from_what_they_stand_on(palette: Palette) -> None:
    pairs = [(tint.line, palette.container) for tint in palette.kinds.values()]
    pairs += [(palette.arrow, palette.container), (palette.arrow, palette.paper)]

    assert [pair for pair in pairs if contrast(*pair) < 3] == []


def test_no_two_kinds_have_the_same_outline() -> None:
    outlines = [
        (form_of(kind).draw(BOX).path, form_of(kind).draw(BOX).strokes)
        for kind in KINDS
        if kind != "shared"
    ]

    assert len(set(outlines)) == len(outlines)
