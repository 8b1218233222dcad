"""Comments that speak to this tool: `# infragraph: ignore[slug]`, `# infragraph: uses[…]`."""

import re
from collections.abc import Iterable

from infragraph.frontend.extract.text import Text
from infragraph.frontend.tiers.scanning import DIRECTIVE
from infragraph.model.facts import Directive
from infragraph.model.source import Position

WORD = DIRECTIVE.decode()

_WRITTEN = re.compile(r"#[ \t]*infragraph:([^#]*)")
_FORM = re.compile(r"([a-z][a-z-]*)[ \t]*\[([^\[\]]*)\](?:[ \t].*)?")


def directives(text: Text, comments: Iterable[tuple[int, int]]) -> tuple[Directive, ...]:
    """The directives among the comments; one of another form has what is written as its kind."""
    found: list[Directive] = []
    for start, end in comments:
        comment = text.text[start:end]
        if WORD not in comment:
            continue
        line, column = text.place(start)
        alone = not text.lines[line - 1][: column - 1].strip()
        for one in _WRITTEN.finditer(comment):
            first = column + one.start()
            at = Position(line, first, line, first + len(one.group().rstrip()))
            found.append(_directive(one.group(1).strip(), at, alone=alone))
    return tuple(found)


def _directive(written: str, at: Position, *, alone: bool) -> Directive:
    form = _FORM.fullmatch(written)
    if form is None:
        return Directive(written, (), alone, at)
    arguments = tuple([one.strip() for one in form.group(2).split(",") if one.strip()])
    return Directive(form.group(1), arguments, alone, at)
