"""What another version of the tool or of Python has kept is no answer of this one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.command import PLAIN
from tests.incremental.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked"),
    pytest.mark.slow,
]

ROOT = Path(__file__).parents[2]
_LIBRARIES = tuple(Path(path) for path in sys.path if path.endswith("site-packages"))


def sarif(kept: Kept, tool: Path, *options: str, python: str = sys.executable) -> str:
    """What the tool in a folder prints, which tells its version and its messages."""
    words = (python, "-P", "-m", "infragraph", "analyze", "--format", "sarif", *options)
    libraries = _LIBRARIES if python == sys.executable else ()
    done = _ran(kept, (tool, *libraries), words)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def has_answer(kept: Kept, python: str) -> bool:
    """Whether what was printed before is printed again."""
    code = (
        "import sys\n"
        "from infragraph.cli.warm import answer\n"
        "sys.exit(answer(['analyze', '--format', 'sarif']) is None)\n"
    )
    done = _ran(kept, (ROOT, *_LIBRARIES), (python, "-P", "-S", "-c", code))
    assert done.stderr == ""
    assert (done.stdout == "") == (done.returncode == 1)
    return done.returncode == 0


def _ran(
    kept: Kept, path: Sequence[Path], words: Sequence[str]
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words,
        cwd=kept.root,
        env={
            **PLAIN,
            "INFRAGRAPH_CACHE_DIR": str(kept.cache),
            "PYTHONPATH": os.pathsep.join(map(str, path)),
        },
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def another_tool(folder: Path, path: str, old: str, new: str) -> Path:
    """A copy of this one, less one thing that is written elsewhere."""
    folder.mkdir()
    for name in ("infragraph", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "infragraph" / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    return folder


def test_another_version_has_answers_of_its_own(kept: Kept, tmp_path: Path) -> None:
    version = (ROOT / "infragraph/cli/version.py").read_text("utf-8").split('"')[-2]
    later = another_tool(tmp_path / "later", "cli/version.py", f'"{version}"', '"99.0"')
    here = sarif(kept, ROOT, "--no-cache")
    there = sarif(kept, later, "--no-cache")
    assert here != there

    shown = [sarif(kept, tool) for tool in (ROOT, later, ROOT, later)]

    assert shown == [here, there, here, there]


def test_the_same_version_that_reads_otherwise_has_answers_of_its_own(
    kept: Kept, tmp_path: Path
) -> None:
    """As while the tool is worked on: what a file says is another for it."""
    changed = another_tool(
        tmp_path / "changed",
        "frontend/tiers/scanning.py",
        'DIRECTIVE = b"infragraph:"',
        'DIRECTIVE = b"infragreph:"',
    )
    file = kept.root / "shop/orders/events.py"
    file.write_text(f"{file.read_text('utf-8')}\n\nheld = 1  # infragraph: ignore[nothing-such]\n")
    here = sarif(kept, ROOT, "--no-cache")
    there = sarif(kept, changed, "--no-cache")
    assert here != there

    shown = [sarif(kept, tool) for tool in (ROOT, changed, ROOT, changed)]

    assert shown == [here, there, here, there]


def test_another_python_takes_no_answer_of_ours(kept: Kept) -> None:
    """The answer alone is asked for, which needs no library that may be built for one Python."""
    other = _another_python()
    if other is None:
        pytest.skip("there is no other Python on this machine")
    sarif(kept, ROOT)

    assert has_answer(kept, sys.executable)
    assert not has_answer(kept, other)
    assert has_answer(kept, sys.executable)


def test_another_python_keeps_its_results_beside_ours(kept: Kept) -> None:
    """With the environments that `make test-others` makes."""
    mine = f"3.{sys.version_info[1]}"
    others = [
        path
        for path in sorted(ROOT.glob(".venvs/3.*/bin/python"))
        if path.parts[-3] != mine and (path.parents[1] / ".dev").exists()
    ]
    if not others:
        pytest.skip("there is no environment of another Python in .venvs")
    here = sarif(kept, ROOT, "--no-cache")
    there = sarif(kept, ROOT, "--no-cache", python=str(others[0]))

    shown = [sarif(kept, ROOT, python=one) for one in (sys.executable, str(others[0])) * 2]

    assert shown == [here, there, here, there]


def _another_python() -> str | None:
    mine = f"3.{sys.version_info[1]}"
    others = [version for version in _pythons() if version != mine]
    return _pythons(others[0])[0] if others else None


def _pythons(*arguments: str) -> list[str]:
    words = (str(ROOT / ".ci/pythons"), *arguments)
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
