from pathlib import Path

import pytest

from tests.cli.command import loaded
from tests.workspace.trees import grow

HEAVY = {"libcst", "networkx", "jinja2", "sqlglot", "yaml", "rich"}


def run(*arguments: str) -> str:
    argv = ["infragraph", *arguments]
    return f"sys.argv = {argv!r}\nfrom infragraph.__main__ import main\nmain()"


def test_the_version_loads_no_command_line() -> None:
    assert not loaded(run("--version")) & {*HEAVY, "typer", "click"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("analyze", "--help"),
        ("explain", "--help"),
        ("schema", "--help"),
        ("query", "path", "--help"),
    ],
)
def test_help_loads_no_compiler(arguments: tuple[str, ...]) -> None:
    assert not loaded(run(*arguments)) & HEAVY


def test_explaining_reads_no_source() -> None:
    assert not loaded(run("explain", "unused-ignore")) & HEAVY


def test_a_question_alone_loads_what_answers_it(tmp_path: Path) -> None:
    grow(tmp_path, {"a.py": "from infragraph import Service\n\na = Service('a')\n"})

    assert loaded(run("query", "cycles"), tmp_path) & HEAVY == {"networkx"}


def test_analyzing_loads_what_the_application_needs_alone(tmp_path: Path) -> None:
    pytest.importorskip("infragraph.linking.compile")
    grow(tmp_path, {"shop/__init__.py": "", "shop/a.py": "from infragraph import Topic\n"})

    assert not loaded(run("analyze"), tmp_path) & HEAVY
    grow(tmp_path, {"infragraph.yaml": "application: shop\n"})
    assert loaded(run("analyze"), tmp_path) & HEAVY == {"yaml"}
