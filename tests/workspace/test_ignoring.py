import shutil
import subprocess
from pathlib import Path

import pytest

from infragraph.workspace.ignoring import Rule, ignores, rules

PATHS = ("a.py", "b/a.py", "b/c/a.py", "b/c/d.py", "x[1].py", "b/#.py", "b/!.py", "ab.py")
PATTERNS = (
    "a.py",
    "/a.py",
    "b/",
    "b/c",
    "b/*.py",
    "**/c/*.py",
    "b/**",
    "b/**/a.py",
    "*",
    "*.py\n!a.py",
    "?.py",
    "[ab].py",
    "[!a].py",
    "x\\[1\\].py",
    "\\!.py",
    "\\#.py",
    "# a.py",
    "a.py   ",
    "[",
    "",
    "/",
    "a*b.py",
    "**/b/**/*.py",
    "b/**/c/**/a.py",
    "**/**/a.py",
    "*/c/*",
    "*/*/*.p*y",
    "**/c",
    "/**/d*",
    "b/c/**",
    "*.*",
    "a**.py",
    "[[a].py",
)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here to compare with")
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_what_it_means_to_git(tmp_path: Path, pattern: str) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S607 - whichever it is
    (tmp_path / ".gitignore").write_text(f"{pattern}\n")
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    listed = subprocess.run(
        ["git", "ls-files", "-oz", "--exclude-standard"],  # noqa: S607
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")

    ours = rules(f"{pattern}\n".split("\n"))

    assert [path for path in PATHS if not _is_left_out(path, ours)] == [
        path for path in PATHS if path in listed
    ]


@pytest.mark.parametrize(
    "pattern",
    ["a*" * 60 + "b", "*" * 5_000 + "b", "**/a*/" * 30 + "b", "**/" * 500 + "b", "?*" * 60],
)
def test_a_pattern_of_many_wildcards_is_tried_once(pattern: str) -> None:
    """With every way of trying them, each of these would run for years."""
    path = "/".join(["a" * 200] * 40)

    ours = rules([pattern])

    assert not ignores(ours, f"{path}/c", is_directory=True) or pattern.startswith("?")


def _is_left_out(path: str, ours: tuple[Rule, ...]) -> bool:
    parts = path.split("/")
    folders = ["/".join(parts[:count]) for count in range(1, len(parts))]
    return any(ignores(ours, folder, is_directory=True) for folder in folders) or ignores(
        ours, path, is_directory=False
    )
