from pathlib import Path

import pytest

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.report import FileCounts
from infragraph.diagnostics.selection import EVERYTHING
from infragraph.frontend.files import InMemory
from infragraph.model.settings import Settings
from infragraph.usecases.analyze import Analysis, analyze
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from tests.diagnostics.sample import span
from tests.usecases.stand_in import StandIn
from tests.workspace.trees import found, grow

SLUGS = {**codes_by_slug(ALL_PROBLEMS), "dead-topic": "IG3101", "syntax-error": "IG1001"}


def finding(path: str, line: int, code: str, slug: str, severity: Severity) -> Diagnostic:
    return Diagnostic(
        code=code, slug=slug, severity=severity, message="m", span=span(path, line, 1, 2)
    )


DEAD = finding("a.py", 1, "IG3101", "dead-topic", Severity.WARNING)


def run(root: Path, compiler: StandIn) -> Analysis:
    return analyze(found(root), compiler, SLUGS, EVERYTHING, InMemory())


def codes(analysis: Analysis) -> list[str]:
    return [one.code for one in analysis.report.diagnostics]


def test_the_compiler_gets_the_sources_and_the_settings(tmp_path: Path) -> None:
    grow(tmp_path, {"b.py": "", "a.py": "", "infragraph.yaml": "targets: [aws]\n"})
    compiler = StandIn()

    run(tmp_path, compiler)

    assert compiler.sources == ["a.py", "b.py"]
    assert compiler.settings == Settings(targets=("aws",))


@pytest.mark.parametrize(("audit", "kept"), [("declared", [True, False]), ("all", [True, True])])
def test_every_topic_keeps_a_record_where_the_configuration_says_so(
    tmp_path: Path, audit: str, kept: list[bool]
) -> None:
    declared = """
from infragraph import Topic

asked = Topic[str]("asked", audit=True)
silent = Topic[str]("silent")
"""
    grow(tmp_path, {"events.py": declared, "infragraph.yaml": f"audit: {audit}\n"})
    tree = found(tmp_path)
    files = InMemory()

    analysis = analyze(tree, compile_application, SLUGS, EVERYTHING, files)

    nodes = analysis.report.graph.nodes
    assert [node.properties["audit"] for node in nodes if node.kind == "topic"] == kept


def test_findings_of_the_tree_and_of_the_compiler_are_one_sorted_list(tmp_path: Path) -> None:
    grow(tmp_path, {"a.py": "x = 1\n", "x.py": "", "x/__init__.py": ""})

    assert codes(run(tmp_path, StandIn(found=(DEAD,)))) == ["IG3101", "IG1103"]


def test_source_takes_a_finding_back(tmp_path: Path) -> None:
    grow(tmp_path, {"a.py": "x = 1  # infragraph: ignore[dead-topic]\n"})

    assert codes(run(tmp_path, StandIn(found=(DEAD,)))) == []


def test_a_migration_takes_a_finding_back(tmp_path: Path) -> None:
    grow(tmp_path, {"m/0001_a.up.sql": "drop table a; -- infragraph: ignore[dead-topic]\n"})
    dead = finding("m/0001_a.up.sql", 1, "IG3101", "dead-topic", Severity.WARNING)

    assert codes(run(tmp_path, StandIn(found=(dead,), lists=("m",)))) == []


def test_a_file_that_could_not_be_analyzed_is_counted_by_its_reason(tmp_path: Path) -> None:
    text = "x = (  # infragraph: ignore[dead-topic]\n"
    grow(tmp_path, {"a.py": text, "b.py": "", "x.py": "", "x/__init__.py": ""})
    broken = finding("a.py", 1, "IG1001", "syntax-error", Severity.ERROR)

    analysis = run(tmp_path, StandIn(found=(broken,)))

    assert analysis.report.files == FileCounts(analyzed=2, skipped={"hidden": 1, "syntax": 1})
    assert codes(analysis) == ["IG1001", "IG1103"]


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {"a.py": "", "tests/a.py": "", "conftest.py": "", "n.ipynb": "", "x/infragraph.yaml": ""},
    )
    grow(tmp_path, {"infragraph.yaml": ""})

    assert run(tmp_path, StandIn()).notes == (
        (
            "the application has no name, so it is called 'app'; "
            "write 'application: …' into infragraph.yaml"
        ),
        "2 files or folders of tests left out; 'include_tests: true' reads them",
        "1 notebook left out: only Python files are read",
        "1 folder with an infragraph.yaml of their own left out; analyze them apart",
    )
