import pytest

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.directives import directives_in_lines
from infragraph.diagnostics.problem import Problem
from infragraph.diagnostics.selection import Selection, chosen
from infragraph.diagnostics.suppression import SUPPRESSION_PROBLEMS, suppress
from infragraph.frontend.extract import extract
from tests.diagnostics.sample import NOT_A_TOPIC, SIGNUPS_FINDING, span

SLUGS = {problem.slug: problem.code for problem in SUPPRESSION_PROBLEMS} | {
    "dead-topic": "IG3101",
    "other-problem": "IG3102",
}


def finding(line: int, slug: str = "dead-topic") -> Diagnostic:
    return Diagnostic(
        code=SLUGS[slug],
        slug=slug,
        severity=Severity.WARNING,
        message="m",
        span=span("a.py", line, 1, 9),
    )


def after(text: str, *found: Diagnostic) -> list[tuple[str, int]]:
    directives = extract(text.encode()).directives
    kept = suppress(found, {"a.py": directives}, SLUGS)
    return [(diagnostic.slug, diagnostic.span.line) for diagnostic in kept]


def test_an_ignore_at_the_end_of_the_line_takes_the_finding_back() -> None:
    assert after("x = 1  # infragraph: ignore[dead-topic]\n", finding(1)) == []


def test_an_ignore_alone_on_its_line_speaks_of_the_next() -> None:
    text = "# infragraph: ignore[dead-topic] the data team reads it\nx = 1\n"

    assert after(text, finding(2)) == []


def test_two_that_stand_alone_speak_of_the_same_line() -> None:
    text = "# infragraph: ignore[dead-topic]\n# infragraph: ignore[other-problem]\nx = 1\n"

    assert after(text, finding(3), finding(3, "other-problem")) == []


def test_one_ignore_takes_several_slugs() -> None:
    text = "x = 1  # noqa: E741  # infragraph: ignore[dead-topic, other-problem]\n"

    assert after(text, finding(1), finding(1, "other-problem")) == []


def test_an_ignore_of_another_slug_or_line_keeps_the_finding_and_is_reported() -> None:
    text = "x = 1  # infragraph: ignore[other-problem]\ny = 1\n"

    assert after(text, finding(1)) == [("dead-topic", 1), ("unused-ignore", 1)]
    assert after("x = 1\ny = 1  # infragraph: ignore[dead-topic]\n", finding(1)) == [
        ("dead-topic", 1),
        ("unused-ignore", 2),
    ]


def test_text_in_a_string_is_no_directive() -> None:
    assert after('x = "# infragraph: ignore[dead-topic]"\n', finding(1)) == [("dead-topic", 1)]


@pytest.mark.parametrize(
    ("comment", "slugs"),
    [
        ("# infragraph: ignore", ["malformed-directive"]),
        ("# infragraph: ignore[]", ["malformed-directive"]),
        ("# infragraph: ignroe[dead-topic]", ["malformed-directive"]),
        ("# infragraph: skip[dead-topic]", ["malformed-directive"]),
        ("# infragraph: ignore[dead-topc]", ["ignore-unknown-slug"]),
        ("# infragraph: uses[publishes topic:x]", []),
        ("# infragraph: the tool that reads this", []),
    ],
)
def test_a_directive_that_says_nothing_is_reported(comment: str, slugs: list[str]) -> None:
    assert [slug for slug, _ in after(f"x = 1  {comment}\n")] == slugs


def test_an_unknown_slug_is_answered_with_the_nearest() -> None:
    def help_of(slug: str) -> str:
        directives = extract(f"x = 1  # infragraph: ignore[{slug}]\n".encode()).directives
        return suppress((), {"a.py": directives}, SLUGS)[0].help

    assert help_of("dead-topc") == "write 'dead-topic'"
    assert help_of("IG3101") == "write 'dead-topic'"
    assert help_of("zzz") == "run 'infragraph explain' for the list of slugs"


def test_sql_has_directives_too() -> None:
    text = "create table a (id int); -- infragraph: ignore[dead-topic]\n"
    directives = {"a.py": directives_in_lines(text, "--")}

    assert suppress([finding(1)], directives, SLUGS) == ()


@pytest.mark.parametrize("problem", SUPPRESSION_PROBLEMS, ids=lambda problem: problem.code)
def test_example_shows_its_problem_and_its_cure(problem: Problem) -> None:
    (path, marked), *_ = problem.example.bad.items()
    plain = marked.replace("«", "").replace("»", "")
    found = suppress((), {path: extract(plain.encode()).directives}, SLUGS)
    good = extract(problem.example.good[path].encode()).directives

    assert [one.code for one in found] == [problem.code]
    assert (found[0].span.column, found[0].span.end_column) == (
        marked.index("«") + 1,
        marked.index("»"),
    )
    assert suppress((), {path: good}, SLUGS) == ()


def test_a_selection_shows_some_and_changes_how_severe_they_are() -> None:
    both = (NOT_A_TOPIC, SIGNUPS_FINDING)

    assert chosen(both, Selection(severity={})) == both
    assert chosen(both, Selection(select=frozenset({"IG3101"}), severity={})) == (SIGNUPS_FINDING,)
    assert chosen(both, Selection(ignore=frozenset({"IG3101"}), severity={})) == (NOT_A_TOPIC,)
    assert chosen(both, Selection(severity={"dead-topic": "off"})) == (NOT_A_TOPIC,)
    assert [one.severity for one in chosen(both, Selection(severity={"dead-topic": "info"}))] == [
        Severity.ERROR,
        Severity.INFO,
    ]
