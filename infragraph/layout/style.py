"""The style sheet of a picture, for any format that draws one with these classes.

Colours are written out for each class, since not all that shows SVG knows variables.
"""

from collections.abc import Iterator

from infragraph.layout.cards import TYPES
from infragraph.layout.palette import DARK, FONT, LIGHT, Palette


def style() -> str:
    return "\n".join((*_shapes(), *_colours(LIGHT), *_dark()))


def _shapes() -> Iterator[str]:
    yield f"text{{font-family:{FONT}}}"
    for role, kind in TYPES.items():
        weight = ";font-weight:bold" if kind.is_bold else ""
        yield f".{role}{{font-size:{kind.size:g}px{weight}}}"
    yield ".centred{text-anchor:middle}"
    yield ".outline{stroke-width:1.4}"
    yield ".stroke{fill:none;stroke-width:1.2}"
    yield ".dashed .outline{stroke-dasharray:4 3}"
    yield ".centre .outline{stroke-width:3}"
    yield ".line{fill:none;stroke-width:1.3}"
    yield ".head{stroke:none}"
    yield ".dead-letter .line{stroke-dasharray:7 4}"
    yield ".stated .line{stroke-dasharray:1.5 3.5;stroke-linecap:round;stroke-width:2}"
    yield ".cycle .line{stroke-width:2.6}"
    yield "a:hover .outline,a:focus .outline{stroke-width:2.6}"


def _dark() -> Iterator[str]:
    yield "@media (prefers-color-scheme:dark){"
    yield from _colours(DARK)
    yield "}"


def _colours(palette: Palette) -> Iterator[str]:
    yield f".paper{{fill:{palette.paper}}}"
    yield f"text{{fill:{palette.ink}}}"
    yield f".detail,.subtitle,.label,.note{{fill:{palette.muted}}}"
    yield f".container{{fill:{palette.container};stroke:{palette.container_line}}}"
    yield f".line{{stroke:{palette.arrow}}}.head{{fill:{palette.arrow}}}"
    for mark, colour in (("dead-letter", palette.dead_letter), ("cycle", palette.cycle)):
        yield (
            f".arrow.{mark} .line{{stroke:{colour}}}.arrow.{mark} .head,"
            f".arrow.{mark} .label{{fill:{colour}}}"
        )
    for kind, tint in palette.kinds.items():
        yield (
            f".is-{kind} .outline{{fill:{tint.fill};stroke:{tint.line}}}"
            f".is-{kind} .stroke{{stroke:{tint.line}}}.is-{kind} .kind{{fill:{tint.words}}}"
        )
