import os
import socket
import stat
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from infragraph.usecases.reading import reading
from infragraph.workspace.reading import NotRead, read
from infragraph.workspace.surveying import Surveyed
from infragraph.workspace.tree import discover
from infragraph.workspace.walking import Scope, Skipped, walk
from tests.workspace.trees import SURROUNDINGS, findings, found, grow, modules

GOOD = {"shop/__init__.py": "", "shop/api.py": "x = 1\n"}
UNTOUCHED = {"shop/__init__.py": "shop", "shop/api.py": "shop.api"}


def test_files_come_sorted_whatever_the_disk_gives(tmp_path: Path) -> None:
    grow(tmp_path, {"b/z.py": "", "b/a.py": "", "a.py": "", "b.py": ""})

    assert [file.path for file in found(tmp_path).sources] == ["a.py", "b.py", "b/a.py", "b/z.py"]


@pytest.mark.parametrize(
    "path",
    [
        ".venv/lib/x.py",
        ".hidden/x.py",
        "node_modules/x.py",
        "shop/__pycache__/x.py",
        "tests/test_x.py",
        "shop/tests/helpers.py",
        "shop/test_x.py",
        "shop/x_test.py",
        "conftest.py",
        "shop/stub.pyi",
        "shop/notes.txt",
    ],
)
def test_what_is_not_the_application_is_left_out(tmp_path: Path, path: str) -> None:
    grow(tmp_path, {**GOOD, path: "x = 1\n"})

    assert modules(found(tmp_path)) == UNTOUCHED


def test_an_environment_of_any_name_is_left_out(tmp_path: Path) -> None:
    grow(tmp_path, {**GOOD, "env/pyvenv.cfg": "", "env/lib/x.py": ""})

    assert modules(found(tmp_path)) == UNTOUCHED


def test_tests_are_read_when_asked_for(tmp_path: Path) -> None:
    grow(tmp_path, {**GOOD, "tests/a.py": "", "infragraph.yaml": "include_tests: true\n"})

    assert modules(found(tmp_path)) == {**UNTOUCHED, "tests/a.py": "tests.a"}


def test_ignored_and_excluded_files_are_left_out(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {
            **GOOD,
            ".gitignore": "generated/\n*_pb2.py\n!shop/keep_pb2.py\n",
            ".git/info/exclude": "/scratch.py\n",
            "infragraph.yaml": "exclude: [legacy/, shop/old.py]\n",
            "generated/a.py": "",
            "shop/a_pb2.py": "",
            "shop/keep_pb2.py": "",
            "scratch.py": "",
            "deep/legacy/a.py": "",
            "shop/old.py": "",
        },
    )

    assert modules(found(tmp_path)) == {**UNTOUCHED, "shop/keep_pb2.py": "shop.keep_pb2"}


@contextmanager
def without_rights(path: Path) -> Generator[None]:
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        yield
    finally:
        path.chmod(mode)


def test_special_files_never_block_and_are_named(tmp_path: Path) -> None:
    grow(tmp_path, GOOD)
    os.mkfifo(tmp_path / "shop/fifo.py")
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind(str(tmp_path / "s.py"))
        tree = found(tmp_path)

    assert modules(tree) == UNTOUCHED
    assert findings(tree) == [("s.py", "file-not-read"), ("shop/fifo.py", "file-not-read")]
    assert tree.skipped == {"special": 2}


@pytest.mark.parametrize("target", ["/dev/zero", "link.py", "missing.py", "../outside.py"])
def test_links_are_not_followed(tmp_path: Path, target: str) -> None:
    grow(tmp_path, {"outside.py": "x = 1\n"})
    grow(tmp_path / "root", GOOD)
    (tmp_path / "root/link.py").symlink_to(target)

    tree = found(tmp_path / "root")

    assert modules(tree) == UNTOUCHED
    assert findings(tree) == [("link.py", "file-not-read")]
    assert tree.skipped == {"symlink": 1}


def test_a_link_to_a_file_that_is_read_anyway_loses_nothing(tmp_path: Path) -> None:
    grow(tmp_path, GOOD)
    (tmp_path / "shop/again.py").symlink_to("api.py")

    tree = found(tmp_path)

    assert modules(tree) == UNTOUCHED
    assert findings(tree) == []


def test_a_link_to_a_directory_is_not_followed(tmp_path: Path) -> None:
    grow(tmp_path, {"outside/x.py": ""})
    grow(tmp_path / "root", GOOD)
    (tmp_path / "root/loop").symlink_to(".")
    (tmp_path / "root/away").symlink_to("../outside")

    tree = found(tmp_path / "root")

    assert modules(tree) == UNTOUCHED
    assert findings(tree) == [("away", "directory-not-read")]
    assert tree.skipped == {"symlink": 1}
    assert tree.left_out == {"symlink": 1}


def test_git_excludes_are_not_read_through_a_link(tmp_path: Path) -> None:
    grow(tmp_path, {"outside/info/exclude": "shop/\n"})
    grow(tmp_path / "root", GOOD)
    (tmp_path / "root/.git").symlink_to("../outside")

    assert modules(found(tmp_path / "root")) == UNTOUCHED


def test_files_beyond_the_last_that_is_read_are_one_finding(tmp_path: Path) -> None:
    grow(tmp_path, {f"{name}.py": "" for name in "abcde"})

    walked = walk(str(tmp_path), Scope(ignored=(), include_tests=False, most_files=2))

    assert walked.python == ["d.py", "e.py"]
    assert walked.skipped == [
        Skipped(path="a.py", reason="too-many-files", is_directory=False, count=3)
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    grow(tmp_path, {**GOOD, "closed/a.py": "", "shop/secret.py": ""})
    with without_rights(tmp_path / "closed"), without_rights(tmp_path / "shop/secret.py"):
        tree = found(tmp_path)

    assert modules(tree) == UNTOUCHED
    assert findings(tree) == [("closed", "directory-not-read"), ("shop/secret.py", "file-not-read")]


def test_a_file_that_vanishes_costs_itself_alone(tmp_path: Path) -> None:
    gone = grow(tmp_path, {**GOOD, "gone.py": ""}) / "gone.py"

    with reading(jobs=1) as files:

        def late(locations: Sequence[str]) -> Sequence[Surveyed | NotRead]:
            gone.unlink()
            return files.survey(locations)

        tree = discover(str(tmp_path), SURROUNDINGS, late)

    assert modules(tree) == UNTOUCHED
    assert tree.skipped == {"vanished": 1}


def test_depth_ends_somewhere(tmp_path: Path) -> None:
    grow(tmp_path, {**GOOD, "/".join(["d"] * 70) + "/x.py": ""})

    tree = found(tmp_path)

    assert modules(tree) == UNTOUCHED
    assert findings(tree) == [("/".join(["d"] * 65), "directory-not-read")]
    assert tree.skipped == {"too-deep": 1}


def test_names_that_cannot_be_shown_are_escaped(tmp_path: Path) -> None:
    grow(tmp_path, GOOD)
    (tmp_path / "two\nlines.py").write_text("")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.py")).write_text("")

    tree = found(tmp_path)

    assert modules(tree) == UNTOUCHED
    assert [path for path, _ in findings(tree)] == ["\\xff.py", "two\\nlines.py"]


def test_a_directory_called_like_a_file_is_a_directory(tmp_path: Path) -> None:
    grow(tmp_path, {**GOOD, "d.py/x.py": ""})

    assert set(modules(found(tmp_path))) == {*UNTOUCHED, "d.py/x.py"}


def test_a_large_file_is_read_just_past_its_limit(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 100)

    assert read(str(tmp_path / "large"), limit=10) == b"x" * 11


def test_an_application_inside_another_is_analyzed_apart(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {**GOOD, "infragraph.yaml": "", "other/infragraph.yaml": "", "other/lib/x.py": ""},
    )

    tree = found(tmp_path)

    assert modules(tree) == UNTOUCHED
    assert tree.left_out == {"other-application": 1}


def test_reading_leaves_the_tree_as_it_was(tmp_path: Path) -> None:
    grow(tmp_path, GOOD)
    before = {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}

    found(tmp_path)

    assert before == {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
