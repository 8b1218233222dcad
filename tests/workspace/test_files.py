import os
from pathlib import Path

import pytest

from infragraph.workspace.directories import sql_files
from infragraph.workspace.repository import prefix_in_repository
from infragraph.workspace.texts import Texts
from infragraph.workspace.writing import write
from tests.workspace.trees import grow


def test_a_directory_of_migrations_is_listed_by_name(tmp_path: Path) -> None:
    grow(tmp_path, {"m/0002_b.up.sql": "b", "m/0001_a.up.sql": "a", "m/readme.md": ""})

    listing = sql_files(str(tmp_path), "m")

    assert listing is not None
    assert [(file.name, file.content) for file in listing.files] == [
        ("0001_a.up.sql", b"a"),
        ("0002_b.up.sql", b"b"),
    ]


@pytest.mark.parametrize("path", ["missing", "../outside", "/etc", "link", "file", "m\0"])
def test_what_is_no_directory_inside_the_root_is_none(tmp_path: Path, path: str) -> None:
    grow(tmp_path, {"outside/a.sql": "", "root/file": ""})
    (tmp_path / "root/link").symlink_to("../outside")

    assert sql_files(str(tmp_path / "root"), path) is None


def test_a_migration_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    grow(tmp_path, {"m/0001_a.up.sql": ""})
    (tmp_path / "m/0002_b.up.sql").symlink_to("0001_a.up.sql")

    listing = sql_files(str(tmp_path), "m")

    assert listing is not None
    assert listing.unreadable == ("0002_b.up.sql",)


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    target.chmod(0o600)

    write(target, b"new")

    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["out.json"]  # noqa: PTH208 - names alone


@pytest.mark.parametrize("kind", ["link", "fifo", "folder"])
def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out.json"
    if kind == "link":
        grow(tmp_path, {"other": "untouched"})
        target.symlink_to("other")
    elif kind == "fifo":
        os.mkfifo(target)
    else:
        target.mkdir()

    with pytest.raises(FileExistsError):
        write(target, b"new")

    assert len(list(tmp_path.iterdir())) == (2 if kind == "link" else 1)


def test_a_missing_folder_is_the_systems_error_about_the_wanted_file(tmp_path: Path) -> None:
    target = tmp_path / "missing/out.json"

    with pytest.raises(FileNotFoundError) as caught:
        write(target, b"")

    assert (caught.value.filename, caught.value.filename2) == (str(target), None)


def test_paths_are_put_below_the_top_of_the_repository(tmp_path: Path) -> None:
    grow(tmp_path, {"repository/.git/HEAD": "", "repository/apps/shop/a.py": ""})

    assert prefix_in_repository(str(tmp_path / "repository/apps/shop")) == "apps/shop/"
    assert prefix_in_repository(str(tmp_path / "repository")) == ""


def test_lines_end_where_python_ends_them(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes("a\r\nb\x0cc\u2028d\re".encode())
    texts = Texts(str(tmp_path), ())

    assert texts.lines_of("a.sql") == ["a", "b\x0cc\u2028d", "e"]
    assert texts.lines_of("../a.sql") is None
    assert texts.lines_of("missing") is None
