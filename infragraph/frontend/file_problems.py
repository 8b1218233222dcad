"""What can keep a file from being analyzed once its bytes are there."""

from collections.abc import Iterable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Example, Problem
from infragraph.diagnostics.tree_problems import FILE_NOT_READ
from infragraph.model.facts import ModuleFacts
from infragraph.model.source import SourceFile, SourceSpan

_MISSING = "What this file declares and uses is missing from the graph."
_GOOD = {"shop.py": "LIMIT = 10\n"}

SYNTAX_ERROR = Problem(
    code="IG1001",
    slug="syntax-error",
    severity=Severity.ERROR,
    summary="this file cannot be read as Python: {detail}",
    why=_MISSING,
    help="correct the syntax here, or before this place",
    example=Example(bad={"shop.py": "LIMIT = «(»10\n"}, good=_GOOD),
)

ENCODING_ERROR = Problem(
    code="IG1002",
    slug="encoding-error",
    severity=Severity.ERROR,
    summary="this file cannot be decoded: {detail}",
    why=_MISSING,
    help="save the file as UTF-8, without a declaration of another encoding",
    example=Example(bad={"shop.py": "«# coding: utf-7»\nLIMIT = 10\n"}, good=_GOOD),
)

TOO_DEEP = Problem(
    code="IG1003",
    slug="too-deep",
    severity=Severity.ERROR,
    summary="this file is not analyzed: {detail}",
    why=f"{_MISSING} Deeper code exhausts Python's own parser.",
    help="divide the expression, or list the file under 'exclude' in infragraph.yaml",
    example=Example(bad={"shop.py": f"LIMIT = {'(' * 200}«(»10{')' * 201}\n"}, good=_GOOD),
)

TOO_COMPLEX = Problem(
    code="IG1004",
    slug="too-complex",
    severity=Severity.ERROR,
    summary="this file is not analyzed: {detail}",
    why=f"{_MISSING} Longer chains exhaust Python's own parser.",
    help="divide the statement, or list the file under 'exclude' in infragraph.yaml",
    example=Example(bad={"shop.py": f"«LIMIT = {'-' * 5000}10»\n"}, good=_GOOD),
)

TOO_LARGE = Problem(
    code="IG1005",
    slug="too-large",
    severity=Severity.ERROR,
    summary="this file is not analyzed: {detail}",
    why=f"{_MISSING} A file of this size is data, and would take the time of a thousand others.",
    help="list the file under 'exclude' in infragraph.yaml",
    example=NO_EXAMPLE,
)

TOO_MANY_LINES = Problem(
    code="IG1006",
    slug="too-many-lines",
    severity=Severity.ERROR,
    summary="this file is not analyzed: {detail}",
    why=f"{_MISSING} A file of this length is data, and would take the time of a thousand others.",
    help="list the file under 'exclude' in infragraph.yaml",
    example=NO_EXAMPLE,
)

PARSER_CRASH = Problem(
    code="IG1007",
    slug="parser-crash",
    severity=Severity.ERROR,
    summary="this file is not analyzed: {detail}",
    why=_MISSING,
    help="run infragraph on the Python that the application runs on, and report the file to us",
    example=NO_EXAMPLE,
)

TIMEOUT = Problem(
    code="IG1008",
    slug="timeout",
    severity=Severity.ERROR,
    summary="this file is not analyzed: {detail}",
    why=_MISSING,
    help="list the file under 'exclude' in infragraph.yaml, and report it to us",
    example=NO_EXAMPLE,
)

FILE_PROBLEMS = (
    SYNTAX_ERROR,
    ENCODING_ERROR,
    TOO_DEEP,
    TOO_COMPLEX,
    TOO_LARGE,
    TOO_MANY_LINES,
    PARSER_CRASH,
    TIMEOUT,
)

_BY_KIND: Mapping[str, Problem] = {
    problem.slug.removesuffix("-error"): problem for problem in (*FILE_PROBLEMS, FILE_NOT_READ)
}


def file_findings(files: Iterable[tuple[SourceFile, ModuleFacts]]) -> Iterator[Diagnostic]:
    """One finding for each file of the application that gives no facts."""
    for source, facts in files:
        if facts.fault is not None and not source.is_library:
            yield _BY_KIND[facts.fault.kind].at(
                SourceSpan.at(source.path, facts.fault.at),
                detail=facts.fault.detail,
                reason=facts.fault.detail,
            )
