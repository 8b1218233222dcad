"""The run behind `analyze`, with a compiler that finds what it is told to find."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from infragraph.cli.analysis import run
from infragraph.cli.exits import Exit
from infragraph.cli.request import Request
from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from tests.cli.command import PLAIN
from tests.diagnostics.sample import span
from tests.usecases.stand_in import StandIn
from tests.workspace.trees import grow

REQUEST = Request(
    is_cached=False,
    path=".",
    form="text",
    output=None,
    is_strict=False,
    select=(),
    ignore=(),
    targets=(),
    python=None,
    application=None,
)
WARNING = Diagnostic(
    code="IG7103",
    slug="malformed-directive",
    severity=Severity.WARNING,
    message="a warning",
    span=span("a.py", 1, 1, 2),
)
ERROR = replace(WARNING, code="IG7101", severity=Severity.ERROR, message="an error")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return grow(tmp_path, {"a.py": "x = 1\n", "pyproject.toml": '[project]\nname = "shop"\n'})


@pytest.mark.parametrize(
    ("found", "is_strict", "code"),
    [
        ((), False, Exit.CLEAN),
        ((WARNING,), False, Exit.CLEAN),
        ((WARNING,), True, Exit.FINDINGS),
        ((ERROR,), False, Exit.FINDINGS),
        ((replace(WARNING, severity=Severity.INFO),), True, Exit.CLEAN),
    ],
)
@pytest.mark.usefixtures("shop")
def test_the_exit_code_is_that_of_the_worst_finding(
    found: tuple[Diagnostic, ...],
    *,
    is_strict: bool,
    code: Exit,
) -> None:
    assert run(replace(REQUEST, is_strict=is_strict), StandIn(found=found)) == code


@pytest.mark.usefixtures("shop")
def test_text_ends_with_files_and_verdict(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(REQUEST, StandIn(found=(WARNING, ERROR)))

    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "shop: no infrastructure is declared"
    assert lines[-2:] == ["files: 1 analyzed, 0 skipped", "found 1 error, 1 warning"]


@pytest.mark.usefixtures("shop")
def test_a_selection_narrows_what_is_shown_and_what_fails() -> None:
    compiler = StandIn(found=(WARNING, ERROR))

    assert run(replace(REQUEST, ignore=("IG7101",)), compiler) == Exit.CLEAN
    assert run(replace(REQUEST, select=("malformed-directive, IG7102",)), compiler) == Exit.CLEAN
    assert run(replace(REQUEST, select=("IG7101",)), compiler) == Exit.FINDINGS


@pytest.mark.usefixtures("shop")
def test_an_unknown_name_in_a_selection_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(replace(REQUEST, select=("unused-ignroe",)), StandIn())

    assert stopped.value.code == Exit.WORLD
    assert "did you mean 'unused-ignore'?" in capsys.readouterr().err


@pytest.mark.usefixtures("shop")
def test_a_severity_of_the_configuration_counts(tmp_path: Path) -> None:
    grow(tmp_path, {"infragraph.yaml": "severity:\n  malformed-directive: error\n"})

    assert run(REQUEST, StandIn(found=(WARNING,))) == Exit.FINDINGS


def test_mistakes_in_the_configuration_are_shown_and_exit_2(
    shop: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    grow(shop, {"infragraph.yaml": "rots: [src]\nexclude: x\n"})
    compiler = StandIn()

    assert run(REQUEST, compiler) == Exit.WORLD

    shown = capfdbinary.readouterr().out.decode()
    assert "1 | rots: [src]\n   | ^^^^\n" in shown
    assert shown.endswith("\nfound 2 errors\n")
    assert compiler.settings is None


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_mistakes_in_the_configuration_have_every_form(
    shop: Path, form: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    grow(shop, {"infragraph.yaml": "rots: [src]\n"})

    assert run(replace(REQUEST, form=form), StandIn()) == Exit.WORLD
    assert "IG7002" in capfdbinary.readouterr().out.decode()


def test_output_goes_to_a_file_and_the_verdict_to_the_terminal(
    shop: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(replace(REQUEST, form="json", output="graph.json"), StandIn(found=(WARNING,)))

    document = json.loads((shop / "graph.json").read_text(encoding="utf-8"))
    assert [one["code"] for one in document["diagnostics"]] == ["IG7103"]
    assert capfd.readouterr() == ("", "found 1 warning\n")


@pytest.mark.parametrize("path", ["missing", "missing/a.py"])
@pytest.mark.usefixtures("shop")
def test_a_path_that_is_not_there_exits_2(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(replace(REQUEST, path=path), StandIn())

    assert stopped.value.code == Exit.WORLD
    assert capsys.readouterr().err == f"infragraph: there is no '{path}'\n"


@pytest.mark.usefixtures("shop")
def test_an_environment_that_there_is_not_is_told_whether_or_not_it_is_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(replace(REQUEST, python="nowhere/bin/python"), StandIn())

    assert stopped.value.code == Exit.WORLD
    assert capsys.readouterr().err == "infragraph: there is no 'nowhere/bin/python' for --python\n"


def test_a_file_stands_for_its_folder(shop: Path) -> None:
    grow(shop, {"in/b.py": "", "in/c.py": ""})
    compiler = StandIn()

    run(replace(REQUEST, path="in/b.py"), compiler)

    assert compiler.sources == ["b.py", "c.py"]


def test_several_applications_have_to_be_told_apart(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grow(shop, {"x/infragraph.yaml": "application: one\n", "y/infragraph.yaml": ""})

    with pytest.raises(SystemExit) as stopped:
        run(REQUEST, StandIn())

    assert stopped.value.code == Exit.WORLD
    assert "choose one with --app: one (x), y" in capsys.readouterr().err
    assert run(replace(REQUEST, application="one"), StandIn()) == Exit.CLEAN


def test_places_are_those_of_the_repository_where_others_read_them(
    shop: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    grow(shop, {".git/HEAD": "", "apps/b/a.py": ""})

    run(replace(REQUEST, path="apps/b", form="github"), StandIn(found=(WARNING,)))
    run(replace(REQUEST, path="apps/b", form="sarif"), StandIn(found=(WARNING,)))

    shown = capfdbinary.readouterr().out.decode()
    assert "file=apps/b/a.py," in shown
    assert '"uri": "apps/b/a.py"' in shown


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
@pytest.mark.usefixtures("shop")
def test_no_output_holds_the_place_of_the_checkout(
    form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    run(replace(REQUEST, form=form, path=str(tmp_path)), StandIn(found=(WARNING,)))

    assert str(tmp_path).encode() not in capfdbinary.readouterr().out


SCRIPT = """
import sys
from infragraph.cli.analysis import run
from tests.usecases.stand_in import StandIn
from tests.cli.test_analysis import ERROR, REQUEST
sys.exit(run(REQUEST, StandIn(found=(ERROR,) * 3000)))
"""


def in_process(shop: Path, root: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=shop,
        env={**PLAIN, "PYTHONPATH": str(root), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_reader_that_has_seen_enough_is_no_error(shop: Path, root: Path) -> None:
    with in_process(shop, root, {}) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()

    assert (process.returncode, complaint) == (1, b"")


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_unless_asked_for(
    shop: Path,
    root: Path,
    environment: dict[str, str],
    is_coloured: bool,  # noqa: FBT001
) -> None:
    with in_process(shop, root, environment) as process:
        shown, _ = process.communicate()

    assert (b"\x1b[" in shown) == is_coloured
