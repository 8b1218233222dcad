"""Directives in files whose comments run from a mark to the end of the line, such as SQL.

They are read by line: a quoted `-- infragraph: ignore[…]` is rarer than a parser is dear.
"""

import re

from infragraph.model.facts import Directive
from infragraph.model.source import Position

KINDS = ("ignore", "uses")

_FORM = re.compile(r"([a-z][a-z-]*)[ \t]*\[([^\[\]]*)\](?:[ \t].*)?")


def directives_in_lines(text: str, mark: str) -> tuple[Directive, ...]:
    """The directives of a text; one of another form has all that is written as its kind."""
    written = re.compile(rf"{re.escape(mark)}[ \t]*infragraph:(.*)")
    found: list[Directive] = []
    for number, line in enumerate(text.split("\n"), start=1):
        comment = written.search(line) if "infragraph:" in line else None
        if comment is None:
            continue
        column = comment.start() + 1
        at = Position(number, column, number, column + len(comment[0].rstrip()))
        is_alone = not line[: comment.start()].strip()
        form = _FORM.fullmatch(comment[1].strip())
        kind = form[1] if form else comment[1].strip()
        arguments = form[2].split(",") if form else ()
        names = tuple(name.strip() for name in arguments if name.strip())
        found.append(Directive(kind, names, is_alone, at))
    return tuple(found)
