"""Comments that speak to the tool: `# infragraph: ignore[slug]`, `# infragraph: uses[…]`.

Python is read as tokens, so that text inside a string is no directive; SQL and YAML are read by
line, which is enough for files in which nobody quotes one.
"""

import io
import re
import tokenize
from collections.abc import Iterator

from infragraph.diagnostics.words import nearest
from infragraph.model.facts import Directive
from infragraph.model.source import Position

KINDS = ("ignore", "uses")

_MENTION = re.compile(r"infragraph\s*:", re.IGNORECASE)
_BODY = re.compile(r"\s*([A-Za-z_-]*)\s*(?:\[([^\]]*)(\])?)?")


def directives_in_python(content: bytes) -> tuple[Directive, ...]:
    """The directives of a file, in order; none of what follows a place that is not Python."""
    if not _MENTION.search(content.decode("latin-1")):
        return ()
    return tuple(_in_tokens(content))


def directives_in_lines(text: str, comment: str) -> tuple[Directive, ...]:
    """The directives of a file whose comments begin with `comment` and run to the end of a line."""
    found: list[Directive] = []
    for number, line in enumerate(text.split("\n"), start=1):
        start = line.find(comment)
        while start >= 0:
            directive = _directive(line[start:], number, start + 1, alone=not line[:start].strip())
            if directive is not None:
                found.append(directive)
                break
            start = line.find(comment, start + 1)
    return tuple(found)


def _in_tokens(content: bytes) -> Iterator[Directive]:
    tokens = tokenize.tokenize(io.BytesIO(content).readline)
    try:
        for token in tokens:
            if token.type != tokenize.COMMENT:
                continue
            line, column = token.start
            alone = not token.line[:column].strip()
            # One comment can hold several, for several tools.
            for part in re.finditer(r"#[^#]*", token.string):
                directive = _directive(part[0], line, column + part.start() + 1, alone=alone)
                if directive is not None:
                    yield directive
    except (tokenize.TokenError, SyntaxError, ValueError, LookupError):
        return  # The reader of source reports it.


def _directive(comment: str, line: int, column: int, *, alone: bool) -> Directive | None:
    """What a comment says to the tool; one that cannot be understood has no arguments."""
    mention = _MENTION.search(comment)
    if mention is None or comment[: mention.start()].strip("#- \t"):
        return None
    body = _BODY.match(comment, mention.end())
    assert body is not None
    end = column + len(comment[: body.end()].rstrip())
    if body[1] not in KINDS and body[2] is None and nearest(body[1], KINDS) is None:
        return None  # A sentence about the tool.
    arguments = tuple(part.strip() for part in (body[2] or "").split(",")) if body[3] else ()
    return Directive(
        kind=body[1],
        arguments=tuple(argument for argument in arguments if argument),
        alone=alone,
        at=Position(line, column, line, end),
    )
