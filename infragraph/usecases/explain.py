"""Everything about one problem, or one line about each."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from infragraph.diagnostics.problem import NO_EXAMPLE, Problem
from infragraph.diagnostics.wording import general


def explain(problem: Problem, columns: int) -> Iterator[str]:
    yield f"{problem.code} {problem.slug} ({problem.severity})"
    yield ""
    yield "What it means"
    yield from _wrapped(_sentence(general(problem.summary)), columns)
    yield ""
    yield "Why it matters"
    yield from _wrapped(problem.why, columns)
    yield ""
    if problem.example is not NO_EXAMPLE:
        yield "Example"
        yield from _files(problem.example.bad)
        yield ""
    yield "How to fix"
    yield from _wrapped(_sentence(general(problem.help)), columns)
    yield from _files(problem.example.good)
    yield ""
    yield from _wrapped(
        f"To keep one finding: '# infragraph: ignore[{problem.slug}]' on its line. "
        f"For all of them: 'severity: {{{problem.slug}: off}}' in infragraph.yaml.",
        columns,
    )


def overview(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in sorted(problems, key=lambda problem: problem.code):
        yield f"{problem.code}  {problem.severity:<7}  {problem.slug}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _wrapped(text: str, columns: int) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        max(columns, 40),
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _files(files: Mapping[str, str]) -> Iterator[str]:
    for path, text in files.items():
        yield ""
        yield f"    # {path}"
        for line in text.replace("«", "").replace("»", "").strip("\n").split("\n"):
            yield f"    {line}".rstrip()
