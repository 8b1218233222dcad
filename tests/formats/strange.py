"""Pictures with any text wherever people's words can stand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from infragraph.model.diagram import Diagram, Group, Shape
from infragraph.views.writable import writable
from infragraph.views.written import lines
from tests.formats.texts import arrow, diagram, group, shape

HOSTILE = (
    'quote " and \'both\' and ""',
    "back\\slash \\n \\\\ \\l \\N \\G \\",
    "new\nline\r\nand\rmore\n",
    "</script><img src=x onerror=alert(1)>",
    "<b>&amp; &#34; &lt;",
    "-- --> -.- ==> |pipe| ;",
    "%% comment %%{init: {'theme':'dark'}}%%",
    "# // /* */ !include x !script",
    "$$x^2$$ ${HOME} $HOME ${} $",
    "[[(lone {brackets}> )]",
    "]) end subgraph",
    "`code` **bold** _it_ 1. item",
    "1. item",
    "- item",
    "fa:fa-car fab:fa-x mdi:x",
    "#quot; #35; #9829; ﬂ°°35¶ß ﬂ°quot¶ß",
    "مرحبا שלום \u200fright",
    "\u202eturned\u202c \u2066x\u2069",
    "👩\u200d💻 😀 🇩🇪",
    "\x00 nul \x1b[31m \x7f \x85 \ud800",
    "end",
    "default",
    "null",
    "true",
    "*",
    "a.b.c",
    "  spaces  around  ",
    " ",
    "",
    "\ufeffbom",
    "ß Straße é 日本",
    "style.fill: red; shape: sql_table",
    "|md # x |",
    "@{shape: cyl}",
    ":::class",
    "click n1 href 'javascript:alert(1)'",
    "x" * 300,
)

TEXTS = st.text(max_size=12) | st.text("\"'`\\\n$%{}[]()<>|#&;:/*!-=._ abn0", max_size=12)

LISTS = st.lists(TEXTS, min_size=30, max_size=30)


def picture_of(texts: Sequence[str]) -> Diagram:
    """Each text as a name and a detail, inside and outside of containers, and on an arrow."""
    groups = tuple(
        replace(group(f"g{number} {text}"), label=text, detail=text, owner=text)
        for number, text in enumerate(texts)
        if number % 3 == 0
    )
    shapes = tuple(_shapes(texts, groups))
    return diagram(
        *shapes,
        groups=groups,
        arrows=tuple(
            arrow(one.id, other.id, text)
            for one, other, text in zip(shapes, shapes[1:], texts, strict=False)
        ),
        notes=tuple(texts),
        title=" ".join(texts),
    )


def label(part: Group | Shape) -> str:
    """What a reader should find on a part."""
    return "\n".join(writable(line) for line in lines(part))


def _shapes(texts: Sequence[str], groups: Sequence[Group]) -> Iterator[Shape]:
    for number, text in enumerate(texts):
        inside = None if number % 2 else groups[number // 3].id
        yield shape(f"s{number} {text}", label=text, detail=text, group=inside, service=text)
