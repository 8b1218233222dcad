"""Findings that source itself takes back, line by line."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.directives import KINDS
from infragraph.diagnostics.problem import Example, Problem
from infragraph.diagnostics.words import nearest
from infragraph.model.facts import Directive
from infragraph.model.source import SourceSpan

UNUSED_IGNORE = Problem(
    code="IG7101",
    slug="unused-ignore",
    severity=Severity.WARNING,
    summary="there is no '{slug}' here to ignore",
    why="An ignore that outlives its finding would hide the next one at the same place.",
    help="remove it, or put it on the first line of the finding, or alone on the line above",
    example=Example(
        bad={"shop/limits.py": "LIMIT = 10  «# infragraph: ignore[unused-ignore]»\n"},
        good={"shop/limits.py": "LIMIT = 10\n"},
    ),
)

IGNORE_UNKNOWN_SLUG = Problem(
    code="IG7102",
    slug="ignore-unknown-slug",
    severity=Severity.WARNING,
    summary="there is no problem called {slug!r} to ignore",
    why="A misspelt slug ignores nothing, and the finding stays.",
    help="run 'infragraph explain' for the list of slugs",
    example=Example(
        bad={"shop/limits.py": "LIMIT = 10  «# infragraph: ignore[unused-ignored]»\n"},
        good={"shop/limits.py": "LIMIT = 10\n"},
    ),
)

MALFORMED_DIRECTIVE = Problem(
    code="IG7103",
    slug="malformed-directive",
    severity=Severity.WARNING,
    summary="this comment speaks to infragraph, and says nothing that it understands",
    why="It reads as if it had an effect, and has none.",
    help="write '# infragraph: ignore[slug]' or '# infragraph: uses[relation node]'",
    example=Example(
        bad={"shop/limits.py": "LIMIT = 10  «# infragraph: ignore»\n"},
        good={"shop/limits.py": "LIMIT = 10  # infragraph has no say in this\n"},
    ),
)

SUPPRESSION_PROBLEMS = (UNUSED_IGNORE, IGNORE_UNKNOWN_SLUG, MALFORMED_DIRECTIVE)


def suppress(
    diagnostics: Iterable[Diagnostic],
    directives_by_path: Mapping[str, tuple[Directive, ...]],
    slugs: Mapping[str, str],
) -> tuple[Diagnostic, ...]:
    """What is left of the findings, with those about the directives themselves; sorted by span.

    `slugs` holds every slug with its code. A directive speaks of its own line, or of the next one
    where it stands alone.
    """
    found = tuple(diagnostics)
    used: set[tuple[str, int, str]] = set()
    kept: list[Diagnostic] = []
    by_line = {
        path: _ignored_by_line(directives) for path, directives in directives_by_path.items()
    }
    for diagnostic in found:
        span = diagnostic.span
        place = by_line.get(span.path, {}).get((span.line, diagnostic.slug))
        if place is None:
            kept.append(diagnostic)
        else:
            used.add((span.path, place, diagnostic.slug))
    for path, directives in directives_by_path.items():
        for directive in directives:
            kept.extend(_judged(path, directive, slugs, used))
    return tuple(sorted(kept, key=lambda diagnostic: (diagnostic.span, diagnostic.code)))


def _ignored_by_line(directives: tuple[Directive, ...]) -> dict[tuple[int, str], int]:
    """The line of the directive by the line and slug that it speaks of."""
    alone = {directive.at.line for directive in directives if directive.alone}
    ignored: dict[tuple[int, str], int] = {}
    for directive in directives:
        if directive.kind != "ignore":
            continue
        line = directive.at.line
        while line in alone:
            line += 1
        for slug in directive.arguments:
            ignored.setdefault((line, slug), directive.at.line)
    return ignored


def _judged(
    path: str,
    directive: Directive,
    slugs: Mapping[str, str],
    used: Collection[tuple[str, int, str]],
) -> Iterator[Diagnostic]:
    whole = SourceSpan.at(path, directive.at)
    if directive.kind not in KINDS or not directive.arguments:
        if directive.arguments or _is_meant(directive.kind):
            yield MALFORMED_DIRECTIVE.at(whole)
        return
    if directive.kind != "ignore":
        return
    for slug in directive.arguments:
        if slug not in slugs:
            yield IGNORE_UNKNOWN_SLUG.at(whole, slug=slug, help=_did_you_mean(slug, slugs))
        elif (path, directive.at.line, slug) not in used:
            yield UNUSED_IGNORE.at(whole, slug=slug)


def _is_meant(written: str) -> bool:
    """Whether a comment is a directive that went wrong, and no sentence about the tool."""
    word = written.replace("[", " ").partition(" ")[0]
    return "[" in written or nearest(word, KINDS) is not None


def _did_you_mean(slug: str, slugs: Mapping[str, str]) -> str | None:
    by_code = {code: name for name, code in slugs.items()}
    near = by_code.get(slug.upper()) or nearest(slug, slugs)
    return None if near is None else f"write '{near}'"
