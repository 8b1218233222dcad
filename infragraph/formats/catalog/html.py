"""A page as HTML that needs nothing but itself: no script, no font, no address that it loads."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from infragraph.formats.catalog.addresses import relative
from infragraph.formats.catalog.page import (
    COMMENT,
    INDEX,
    Block,
    Cell,
    Code,
    Facts,
    Heading,
    Inline,
    Link,
    Outside,
    Page,
    Phrase,
    Picture,
    Prose,
    Table,
    Text,
)
from infragraph.formats.catalog.style import STYLE
from infragraph.formats.catalog.visible import paragraphs, visible

_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def path(place: str) -> str:
    return "index.html" if place == INDEX else f"{place}.html"


def written(page: Page, application: str) -> str:
    return "".join(f"{line}\n" for line in _document(page, application))


def _document(page: Page, application: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield COMMENT
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{_text(_title(page, application))}</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    if page.place != INDEX:
        back = relative(page.place, path(INDEX))
        yield f'<nav aria-label="Breadcrumb"><a href="{back}">{_text(application)}</a></nav>'
    yield "<main>"
    yield f"<h1><small>{_text(page.noun)}</small> <bdi>{_text(page.name)}</bdi></h1>"
    for block in page.blocks:
        yield from _block(block, page.place)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _title(page: Page, application: str) -> str:
    named = f"{page.noun} {page.name}"
    return named if page.place == INDEX else f"{named} - {application}"


def _block(block: Block, place: str) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h2>{_text(block.text)}</h2>"
        case Prose():
            for lines, is_kept in paragraphs(block.text):
                yield _paragraph(lines, is_kept=is_kept)
        case Facts():
            yield "<dl>"
            for name, cell in block.rows:
                yield f"<dt>{_text(name)}</dt><dd>{_cell(cell, place)}</dd>"
            yield "</dl>"
        case Table():
            yield from _table(block, place)
        case Picture():
            yield f"<pre>{_text(block.text)}</pre>"


def _table(table: Table, place: str) -> Iterator[str]:
    """Wider than a narrow screen, it is scrolled by itself, also by keys."""
    yield f'<div role="region" tabindex="0" aria-label="{_text(table.title)}">'
    yield "<table>"
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for first, *others in table.rows:
        cells = "".join(f"<td>{_cell(cell, place)}</td>" for cell in others)
        yield f'<tr><th scope="row">{_cell(first, place)}</th>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _paragraph(lines: tuple[str, ...], *, is_kept: bool) -> str:
    text = "\n".join(lines)
    return f"<p{' class=kept' if is_kept else ''}>{_text(text)}</p>"


def _cell(cell: Cell, place: str) -> str:
    return "<br>".join(_phrase(phrase, place) for phrase in cell)


def _phrase(phrase: Phrase, place: str) -> str:
    return "".join(_inline(it, place) for it in phrase)


def _inline(inline: Inline, place: str) -> str:
    match inline:
        case Text():
            return (
                f"<bdi>{_text(inline.text)}</bdi>"
                if _MIXED.search(inline.text)
                else _text(inline.text)
            )
        case Code():
            return f"<code>{_text(inline.text)}</code>"
        case Link():
            href = relative(place, path(inline.place))
            return f'<a href="{href}"><code>{_text(inline.name)}</code></a>'
        case Outside():
            return f'<a href="{escape(inline.url)}"><code>{_text(inline.name)}</code></a>'


def _text(text: str) -> str:
    return escape(visible(text))


_MIXED = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]")
"""What is written from right to left, or turns text around, must not turn what is beside it."""
