"""What an earlier answer is given again for is what a run that knows nothing finds."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from infragraph.frontend.files import InMemory
from infragraph.model.directory import DirectoryListing, TextFile
from infragraph.model.facts import ModuleFacts
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.model.stages import Stage
from infragraph.usecases.compiling import compile_application
from tests.incremental import contents
from tests.incremental.growing import few
from tests.incremental.tree import Tree

EDITS = (
    *(contents.body_extended,) * 6,
    *(contents.function_changed,) * 3,
    *(contents.lines_moved,) * 2,
    contents.body_changed,
    contents.export_renamed,
    contents.import_added,
    contents.line_removed,
    contents.statement_added,
    contents.text_changed,
    contents.use_added,
)
PLAIN = '''\
from infragraph import Topic

unheard_{0} = Topic[int]("unheard-{0}")


def first_{0}(value: int) -> int:
    """Adds."""
    total = 1
    return total + value


class Counter_{0}:
    def step(self) -> int: return 1

    def more(self, value: int = 1) -> int:
        def within() -> int:
            return value

        return within()


late_{0} = Topic[int]("late-{0}")
'''


class Remembering(InMemory):
    """Files whose facts and answer are kept from one run to the next; `ran` counts those that ran.

    A content is known by its digest.
    """

    __slots__ = ("_earlier", "_whole", "ran")

    def __init__(self) -> None:
        super().__init__()
        self._earlier: dict[bytes, ModuleFacts] = {}
        self._whole: Any = None
        self.ran = 0

    def begin(self) -> None:
        """Forget what stands where, as a process that ends does."""
        self._parsed.clear()

    def facts(self, sources: Sequence[SourceFile]) -> Sequence[ModuleFacts]:
        found = super().facts(sources)
        for source in sources:
            # Facts of their own, which no run has asked anything.
            self._earlier.setdefault(source.digest, _facts(source.content))
        return found

    def earlier(self, content: bytes) -> ModuleFacts | None:
        return self._earlier.get(content)

    def recall(self) -> Any:
        return self._whole

    def remember(self, whole: Callable[[], Any]) -> None:
        self._whole = whole()

    def told(self, stage: Stage, done: int, total: int) -> None:
        super().told(stage, done, total)
        self.ran += stage == "run"


def _facts(content: bytes) -> ModuleFacts:
    files = InMemory()
    (found,) = files.facts([SourceFile(path="any.py", module="any", content=content)])
    return found


def run(texts: Mapping[str, bytes], files: InMemory) -> object:
    sources: list[SourceFile] = []
    for path, content in texts.items():
        if path.endswith(".py"):
            name = path.removesuffix(".py")
            sources.append(
                SourceFile(
                    path=path,
                    module=name.removesuffix("/__init__").replace("/", "."),
                    content=content,
                    digest=hashlib.sha256(content).digest(),
                    is_package=name.endswith("__init__"),
                )
            )

    def migrations(folder: str) -> DirectoryListing | None:
        found = tuple(
            TextFile(name=path.rpartition("/")[2], content=content)
            for path, content in sorted(texts.items())
            if path.rpartition("/")[0] == folder and path.endswith(".sql")
        )
        return DirectoryListing(path=folder, files=found, unreadable=()) if found else None

    return compile_application(
        sources, application="shop", migrations=migrations, settings=Settings(), files=files
    )


def texts_of(tree: Tree) -> dict[str, bytes]:
    return {
        path.relative_to(tree.root).as_posix(): path.read_bytes()
        for path in sorted(tree.root.rglob("*"))
        if path.suffix in {".py", ".sql"}
    }


@pytest.mark.parametrize(
    ("seed", "count"),
    [
        (1, 8),
        pytest.param(2, 100, marks=pytest.mark.slow),
        pytest.param(3, 100, marks=pytest.mark.slow),
    ],
)
def test_after_every_edit_the_answer_is_that_of_a_cold_run(
    tmp_path: Path, seed: int, count: int
) -> None:
    root = tmp_path / "shop"
    few(root)
    for number in range(4):
        (root / f"shop/orders/plain_{number}.py").write_text(PLAIN.format(number), "utf-8")
    tree, files = Tree(root, seed), Remembering()
    run(texts_of(tree), files)
    told: list[str] = []
    for number in range(count):
        edit = tree.choice.choice(EDITS)
        told.append(str(edit(tree)))
        if number % 8 == 7:
            for path, content in tree.first.items():
                (root / path).write_bytes(content)
        files.begin()
        texts = texts_of(tree)

        assert run(texts, files) == run(texts, InMemory()), "\n".join(told)

    # Some were answered with what was known, and some were not.
    assert 1 < files.ran < count
