import json

import pytest

from infragraph.schemas import SchemaName, schema
from tests.cli.command import infragraph


def test_the_version_is_the_distributions() -> None:
    assert infragraph("--version").stdout == "infragraph 0.1.0\n"


def test_help_teaches_by_examples() -> None:
    done = infragraph("analyze", "--help")

    assert done.returncode == 0
    assert "infragraph analyze --format sarif --output infragraph.sarif" in done.stdout
    assert all(
        option in done.stdout
        for option in ("--format", "--output", "--strict", "--select", "--ignore", "--python")
    )


def test_a_shell_completes_commands_and_values() -> None:
    def completed(line: str, word: int) -> list[str]:
        asked = {
            "_INFRAGRAPH_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(word),
        }
        return infragraph(environment=asked).stdout.split()

    assert completed("infragraph an", 1) == ["analyze"]
    assert completed("infragraph analyze --format s", 3) == ["sarif"]


def test_no_command_is_answered_with_help() -> None:
    done = infragraph()

    assert "Usage: infragraph" in f"{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    "arguments",
    [("analyse",), ("analyze", "--form", "text"), ("analyze", "--format", "xml"), ("schema", "x")],
)
def test_a_mistake_on_the_command_line_exits_2(arguments: tuple[str, ...]) -> None:
    done = infragraph(*arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("analyze", "--format", "xml"),
            "--format takes 'text', 'json', 'sarif' or 'github', and not 'xml'",
        ),
        (
            ("analyze", "--target", "aws", "--target", "azure"),
            "--target takes 'aws', 'gcp', 'nats' or 'nsq', and not 'azure'",
        ),
        (
            ("schema", "tree"),
            "schema takes 'graph', 'query', 'config' or 'runtime', and not 'tree'",
        ),
    ],
)
def test_a_word_that_is_no_choice_is_answered_with_the_choices(
    arguments: tuple[str, ...], said: str
) -> None:
    done = infragraph(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"infragraph: {said}\n"


@pytest.mark.parametrize("name", ["graph", "query", "config"])
def test_a_schema_is_printed_as_it_is_published(name: SchemaName) -> None:
    done = infragraph("schema", name)

    assert done.returncode == 0
    assert json.loads(done.stdout) == schema(name)


def test_a_problem_is_explained() -> None:
    done = infragraph("explain", "ig7101")

    assert done.returncode == 0
    assert done.stdout.startswith("IG7101 unused-ignore (warning)\n")


def test_an_unknown_problem_is_answered_with_the_nearest() -> None:
    done = infragraph("explain", "unused-ignroe")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "infragraph: there is no problem 'unused-ignroe'; did you mean 'unused-ignore'?\n"
    )


def test_without_a_name_all_problems_are_listed() -> None:
    assert "IG7101  warning  unused-ignore\n" in infragraph("explain").stdout
