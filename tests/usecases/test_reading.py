"""Files read where they are: the number of processes does not show."""

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infragraph.frontend.extract.isolation import workers
from infragraph.frontend.files import Parsed, parsed
from infragraph.usecases import reading as reading_module
from infragraph.usecases.reading import OnDisk, reading
from infragraph.workspace import inputs
from infragraph.workspace.snapshot import compared, taken
from infragraph.workspace.tree import Tree, discover
from tests.workspace.trees import SURROUNDINGS, grow

FILES = {
    **{f"shop/part{number}.py": f"LIMIT = {number}\n" for number in range(20)},
    "shop/__init__.py": "from infragraph import Service\n\nservice = Service('s')\n",
    "shop/broken.py": "def f(:\n",
    "shop/deep.py": "x = " + "(" * 199 + "1" + ")" * 199 + "\n",
    "shop/encoded.py": "# coding: rot13\n",
    "shop/newer.py": "type Number = int\n",
}


@contextmanager
def reader(jobs: int) -> Generator[OnDisk]:
    with reading(jobs=jobs, few=0) as files:
        yield files


def read(root: Path, jobs: int) -> tuple[Tree, list[Parsed]]:
    with reader(jobs) as files:
        tree = discover(str(root), SURROUNDINGS, files.survey)
        return tree, parses(files, tree)


def parses(files: OnDisk, tree: Tree) -> list[Parsed]:
    return list(zip(files.names(tree.sources), files.facts(tree.sources), strict=True))


def faults(read: list[Parsed]) -> list[str]:
    return [facts.fault.kind for _, facts in read if facts.fault is not None]


@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_processes_gives_the_same_facts(jobs: int, tmp_path: Path) -> None:
    grow(tmp_path, FILES)
    alone, facts = read(tmp_path, 1)

    tree, shared = read(tmp_path, jobs)

    assert tree.sources == alone.sources
    assert shared == facts
    assert faults(shared) == ["syntax", "encoding"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_vanishes_before_it_is_parsed_is_told(jobs: int, tmp_path: Path) -> None:
    grow(tmp_path, FILES)
    noted = inputs.noting()

    with reader(jobs) as files:
        tree = discover(str(tmp_path), SURROUNDINGS, files.survey)
        (tmp_path / "shop" / "part7.py").unlink()
        facts = parses(files, tree)

    found = dict(zip((source.path for source in tree.sources), facts, strict=True))
    fault = found["shop/part7.py"][1].fault
    assert fault is not None
    assert (fault.kind, fault.detail) == (
        "file-not-read",
        "it vanished while the tree was read",
    )
    assert faults(facts) == ["syntax", "encoding", "file-not-read"]
    assert compared(str(tmp_path), taken(noted, str(tmp_path))) is None


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_changes_before_it_is_parsed_is_as_it_is_then(
    jobs: int, tmp_path: Path
) -> None:
    grow(tmp_path, FILES)
    changing = tmp_path / "shop" / "part7.py"
    noted = inputs.noting()

    with reader(jobs) as files:
        tree = discover(str(tmp_path), SURROUNDINGS, files.survey)
        changing.write_text("LIMIT = 0\nMORE = 1\n")
        facts = parses(files, tree)
    changing.write_text("LIMIT = 7\n")

    found = dict(zip((source.path for source in tree.sources), facts, strict=True))
    assert len(found["shop/part7.py"][1].body) == 2
    # Even if it is again what it was, what was concluded is not.
    assert compared(str(tmp_path), taken(noted, str(tmp_path))) is None


@pytest.mark.skipif(not workers.can_fork(), reason="processes cannot be copied")
def test_a_file_that_takes_its_process_with_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(tmp_path, FILES)

    def fatal(content: bytes) -> Parsed:
        if content == b"LIMIT = 7\n":
            os.kill(os.getpid(), signal.SIGSEGV)
        return parsed(content)

    monkeypatch.setattr(reading_module, "parsed", fatal)
    _, damaged = read(tmp_path, 2)
    monkeypatch.undo()
    _, good = read(tmp_path, 2)

    assert faults(damaged) == ["syntax", "encoding", "parser-crash"]
    assert sum(one != other for one, other in zip(damaged, good, strict=True)) == 1
