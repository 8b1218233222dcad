"""A page as Markdown that GitHub, MkDocs and Jekyll show alike, in which no text is markup.

Punctuation that could mean something is written as an entity, which every dialect reads. Code that
cannot stand between backticks everywhere, as where a table would part it, stands in `<code>`.
Braces are entities where Jekyll would take them for its templates.
"""

import re
from collections.abc import Iterator

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
from infragraph.formats.catalog.visible import paragraphs, visible


def path(place: str) -> str:
    """GitHub shows a README of a folder, and MkDocs and Pages take it for the folder's index."""
    return "README.md" if place == INDEX else f"{place}.md"


def written(page: Page, application: str) -> str:
    title = f"# {page.noun} {code(page.name)}"
    parts = [COMMENT, title]
    if page.place != INDEX:
        parts.append(f"[← {code(application)}]({relative(page.place, path(INDEX))})")
    parts.extend(it for block in page.blocks for it in _block(block, page.place))
    return "\n\n".join(parts) + "\n"


def escaped(line: str) -> str:
    """Text that is nothing but text, also where a line begins."""
    shown = visible(line).replace("\n", " ")
    lead = _LEAD.match(shown)
    if lead is None:
        return _SPECIAL.sub(_entity, shown)
    return f"{lead[1]}&#{ord(lead[2])};{_SPECIAL.sub(_entity, shown[lead.end() :])}"


def code(text: str) -> str:
    shown = visible(text).replace("\n", " ")
    if _PLAIN.fullmatch(shown) and "{{" not in shown and "{%" not in shown:
        return f"`{shown}`"
    return f"<code>{_SPECIAL.sub(_entity, shown)}</code>"


def _entity(match: re.Match[str]) -> str:
    character = match.group()[0]
    name = _NAMED.get(character)
    return f"&#{ord(character)};" if name is None else name


def _block(block: Block, place: str) -> Iterator[str]:
    match block:
        case Heading():
            yield f"## {escaped(block.text)}"
        case Prose():
            yield from (_paragraph(lines, is_kept=kept) for lines, kept in paragraphs(block.text))
        case Facts():
            yield "\n".join(f"- {escaped(name)}: {_cell(cell, place)}" for name, cell in block.rows)
        case Table():
            rows = (block.heads, tuple("---" for _ in block.heads))
            lines = [_row(row) for row in rows]
            lines += [_row(tuple(_cell(cell, place) for cell in row)) for row in block.rows]
            yield "\n".join(lines)
        case Picture():
            fence = "`" * max(3, *(len(it) + 1 for it in re.findall("`+", block.text) or [""]))
            yield _RAW.format(f"{fence}mermaid\n{block.text.rstrip()}\n{fence}")


def _paragraph(lines: tuple[str, ...], *, is_kept: bool) -> str:
    if not is_kept:
        return "\n".join(escaped(line.strip(" \t")) for line in lines)
    return "<br>\n".join(_indented(line) for line in lines)


def _indented(line: str) -> str:
    rest = line.expandtabs().lstrip(" ")
    return "&nbsp;" * (len(line.expandtabs()) - len(rest)) + escaped(rest)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, place: str) -> str:
    return "<br>".join(_phrase(phrase, place) for phrase in cell)


def _phrase(phrase: Phrase, place: str) -> str:
    return "".join(_inline(it, place) for it in phrase)


def _inline(inline: Inline, place: str) -> str:
    match inline:
        case Text():
            return _SPECIAL.sub(_entity, visible(inline.text).replace("\n", " "))
        case Code():
            return code(inline.text)
        case Link():
            return f"[{code(inline.name)}]({relative(place, path(inline.place))})"
        case Outside():
            return f"[{code(inline.name)}](<{inline.url}>)"


_SPECIAL = re.compile(r"[&<>\\`*_\[\]#|~${}@]|!(?=\[)|:(?=\S)|(?<=[wW]{3})\.")
"""Also the colon of an address and the dot of `www.`, which GitHub would make links of."""

_LEAD = re.compile(r"([0-9]*)([-+.)=:])")
"""What begins a list, or makes a heading of the line before."""

_ASCII = r"\w!\"#%&'()*+,./:;<=>?@^{}~-"
_RAW = "<!-- {{% raw %}} -->\n\n{}\n\n<!-- {{% endraw %}} -->"
"""Jekyll would take the braces of a diagram for its templates, and sees none within these."""

_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PLAIN = re.compile(rf"[{_ASCII}](?:[ {_ASCII}]*[{_ASCII}])?", re.ASCII)
