from pathlib import Path

import pytest

from infragraph.cli.exits import Exit
from tests.cli.command import infragraph


@pytest.mark.parametrize(
    ("options", "index"),
    [
        ((), "README.md"),
        (("--format", "markdown"), "README.md"),
        (("--format", "html"), "index.html"),
    ],
)
def test_a_catalogue_is_written_in_the_form_that_is_asked_for(
    options: tuple[str, ...], index: str, root: Path, tmp_path: Path
) -> None:
    minimal, output = str(root / "fixtures/minimal"), ("--output", str(tmp_path))

    written = infragraph("export", "catalog", minimal, *options, *output)
    checked = infragraph("export", "catalog", minimal, *options, *output, "--check")

    assert (written.returncode, checked.returncode) == (Exit.CLEAN, Exit.CLEAN), written.stderr
    assert (tmp_path / index).is_file()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("catalog", "--format", "pdf"), "--format takes 'markdown' or 'html', and not 'pdf'"),
        (("openapi", "--format", "html"), "'openapi' has one form alone; leave out --format"),
        (
            ("openapi", "--target", "aws"),
            "leave out --target, or export asyncapi|backstage",
        ),
    ],
)
def test_a_form_that_there_is_not_ends_the_run(
    arguments: tuple[str, ...], reason: str, root: Path
) -> None:
    done = infragraph("export", *arguments, cwd=root / "fixtures/minimal")

    assert done.returncode == Exit.WORLD
    assert reason in done.stderr


def test_a_depth_of_a_view_of_the_whole_ends_the_run(root: Path) -> None:
    done = infragraph("diagram", "--format", "dot", "--depth", "2", cwd=root / "fixtures/minimal")

    assert (done.returncode, done.stdout) == (Exit.WORLD, "")
    assert done.stderr == (
        "infragraph: the view 'system' is of the whole; leave out --depth, or draw service:NAME\n"
    )


@pytest.mark.parametrize(
    "arguments", [("export", "asyncapi"), ("diagram", "--format", "dot")], ids=" ".join
)
def test_what_could_not_be_resolved_is_counted(arguments: tuple[str, ...], root: Path) -> None:
    done = infragraph(*arguments, cwd=root / "fixtures/broken")

    assert done.returncode == Exit.CLEAN, done.stderr
    assert (
        "note: 1 use could not be resolved, so that this may lack something; "
        "see 'infragraph analyze'\n"
    ) in done.stderr
