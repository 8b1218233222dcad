import re
from pathlib import Path

import pytest

import infragraph
from docs.generate import ROOT, SHOWING_OUTPUT, images, limits, main, output_of, read, reference
from docs.generating.declarations import SUBJECTS, properties_by_kind
from docs.generating.outputs import filled
from docs.generating.problems import anchor, block_of
from infragraph.diagnostics.problem import Problem
from infragraph.kinds import ALL_KINDS
from infragraph.schemas import schema
from infragraph.usecases.problems import ALL_PROBLEMS


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {path.removeprefix("docs/reference/"): text for path, text in reference().items()}


@pytest.mark.slow
def test_what_was_written_is_current(tmp_path: Path, pages: dict[str, str]) -> None:
    assert main([], tmp_path) == 0

    written = {f"docs/reference/{path}": text for path, text in pages.items()}
    assert read(tmp_path) == {**written, **limits(), **images()}
    assert main(["--check"], tmp_path) == 0


@pytest.mark.slow
def test_a_stale_page_is_told_by_its_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([], tmp_path)
    page = tmp_path / "docs/reference/command-line.md"
    page.write_text(page.read_text().replace("# The command line", "# The commands"))

    status = main(["--check"], tmp_path)

    assert status == 1
    told = capsys.readouterr().out
    assert "-# The commands\n" in told
    assert "+# The command line\n" in told
    assert "# The commands" in page.read_text()


@pytest.mark.slow
def test_a_page_that_nothing_writes_any_more_is_removed(tmp_path: Path) -> None:
    old = tmp_path / "docs/reference/old.md"
    old.parent.mkdir(parents=True)
    old.write_text("# Old\n")

    assert main(["--check"], tmp_path) == 1
    main([], tmp_path)

    assert not old.exists()


def test_an_unknown_option_is_refused(tmp_path: Path) -> None:
    assert main(["--chekc"], tmp_path) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", SHOWING_OUTPUT)
def test_what_a_page_shows_is_what_the_command_prints(path: str) -> None:
    page = (ROOT / path).read_text(encoding="utf-8")

    assert "<!-- output: infragraph " in page
    assert filled(page, output_of) == page


def test_an_output_takes_the_place_of_the_one_before() -> None:
    page = """Before.

<!-- output: infragraph explain x -->
```text
old
```

```text
not marked
```
"""

    assert filled(page, lambda arguments: f"{arguments}\n") == page.replace(
        "old", "['explain', 'x']"
    )


def test_every_name_that_applications_import_is_explained() -> None:
    explained = {name.removeprefix("infragraph.") for subject in SUBJECTS for name in subject.names}

    assert set(infragraph.__all__) <= explained


def test_every_kind_of_node_has_a_page() -> None:
    shown = {kind.name for kind in ALL_KINDS if kind.properties is not None}

    kinds = {subject.kind for subject in SUBJECTS} - {None}

    assert shown <= kinds
    assert kinds == set(properties_by_kind(schema("graph"))) - {"external"}


@pytest.mark.parametrize("problem", ALL_PROBLEMS, ids=lambda problem: problem.code)
def test_every_problem_is_listed_and_explained(problem: Problem, pages: dict[str, str]) -> None:
    page = f"{block_of(problem).slug}.md"

    assert f"| [{problem.code}]({page}#{anchor(problem)}) |" in pages["problems/index.md"]
    _, _, after = pages[f"problems/{page}"].partition(f"## {problem.code} {problem.slug}\n")
    explained = after.partition("\n## ")[0]
    assert re.findall(r"^\*\*(.+?)\.\*\*", explained, re.MULTILINE) == [
        "What it means",
        "Severity",
        "Why it matters",
        "Example",
        "How to fix",
    ]
    assert "«" not in explained


def test_an_option_is_shown_with_its_default_and_meaning(pages: dict[str, str]) -> None:
    assert (
        "| `delivery` | `'at-least-once'` | `'at-least-once'` or `'exactly-once'` | "
        '`"exactly-once"` asks the broker to drop what it has delivered before. '
        "It is a promise about delivery, never about effects. |"
    ) in pages["declarations/topics.md"]


def test_a_command_is_shown_with_its_options(pages: dict[str, str]) -> None:
    row = (
        "`--format` `text,json,sarif,github`",
        "`text`",
        "text for people, the others for programs.",
    )

    assert f"| {' | '.join(row)} |" in pages["command-line.md"]


def test_no_page_holds_a_path_of_the_machine_that_wrote_it(
    pages: dict[str, str], root: Path
) -> None:
    assert not [path for path, text in pages.items() if str(root) in text or "0x" in text]
