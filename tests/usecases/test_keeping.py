"""What is known of files from earlier runs: it saves work, and changes no result."""

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from infragraph.diagnostics.render import json
from infragraph.diagnostics.selection import EVERYTHING
from infragraph.model.stages import Stage
from infragraph.usecases.analyze import analyze
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from infragraph.usecases.reading import reading
from infragraph.workspace.results import Place
from infragraph.workspace.tree import discover
from tests.workspace.trees import SURROUNDINGS, grow

OTHERS = 301
"""Beyond 300 files those are passed over that lead to no resource."""

FILES = {
    "shop/__init__.py": 'from infragraph import Service\n\nshop = Service("shop")\n',
    "shop/events.py": (
        "from infragraph import Topic\n"
        "from shop.money import Price\n\n"
        'prices = Topic[Price]("prices")  # told\n'
        'forgotten = Topic[int]("forgotten")\n'
    ),
    "shop/money.py": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Price:\n    amount: int\n"
    ),
    "shop/api.py": (
        "from shop import shop\n"
        "from shop.events import prices\n"
        "from shop.money import Price\n\n\n"
        '@shop.get("/")\n'
        "async def home() -> None:\n"
        "    await prices.publish(Price(1))\n"
    ),
    "far/away.py": "import json\n\n\ndef run():\n    return json\n",
    **{f"other/m{number}.py": f"LIMIT = {number}\n" for number in range(OTHERS)},
}


class Ran(NamedTuple):
    """The report, and the work that it took."""

    report: str
    read: int
    parsed: int
    is_linked: bool


class Application:
    """An application whose files are known from one run to the next."""

    def __init__(self, folder: Path) -> None:
        self.root = grow(folder / "place" / "root", FILES)
        self.cache = folder / "cache"
        self.tool = "one"
        self.age()

    def age(self) -> None:
        """Make every file old enough for its times to be believed."""
        then = time.time() - 60
        for path in self.root.rglob("*"):
            os.utime(path, (then, then))

    def run(self, *, jobs: int = 1) -> Ran:
        return ran(self.root, Place(str(self.cache), str(self.root), self.tool), jobs)

    def cold(self) -> str:
        return ran(self.root, None, 1).report

    def edit(self, path: str, before: str, after: str) -> None:
        file = self.root / path
        text = file.read_text()
        assert before in text
        file.write_text(text.replace(before, after))


def ran(root: Path, place: Place | None, jobs: int) -> Ran:
    totals: dict[Stage, int] = {"read": 0, "parse": 0}
    stages: set[Stage] = set()

    def told(stage: Stage, done: int, total: int) -> None:
        stages.add(stage)
        if done == 0:
            totals[stage] = totals.get(stage, 0) + total

    with reading(jobs=jobs, few=0, told=told, place=place) as files:
        tree = discover(str(root), SURROUNDINGS, files.survey)
        slugs = codes_by_slug(ALL_PROBLEMS)
        found = analyze(tree, compile_application, slugs, EVERYTHING, files)
        files.keep()
    return Ran(json.render(found.report), totals["read"], totals["parse"], "link" in stages)


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return Application(tmp_path)


def test_nothing_is_done_twice(application: Application) -> None:
    first = application.run()
    second = application.run()

    assert first == Ran(application.cold(), len(FILES), first.parsed, is_linked=True)
    assert second == Ran(first.report, 0, 0, is_linked=False)


@pytest.mark.parametrize(
    ("path", "before", "after", "parsed"),
    [
        ("far/away.py", "import json\n", "import json  # it is\n", 0),
        ("far/away.py", "return json", "return json.loads", 0),
        ("far/away.py", "import json\n", "import json\nimport collections\n", 0),
        ("shop/events.py", "# told", "# said", 1),
        ("shop/api.py", "-> None:\n", "-> None: # forgotten\n", 1),
        ("shop/events.py", "from infragraph import Topic\n", "\nfrom infragraph import Topic\n", 1),
    ],
    ids=[
        "comment",
        "body",
        "import",
        "comment where it is parsed",
        "comment that names a topic",
        "a line more",
    ],
)
def test_an_edit_that_changes_nothing_but_places_links_nothing(
    application: Application, path: str, before: str, after: str, parsed: int
) -> None:
    application.run()

    application.edit(path, before, after)

    assert application.run() == Ran(application.cold(), 1, parsed, is_linked=False)
    assert application.run().parsed == 0


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("shop/api.py", "publish(Price(1))", "publish(Price(2))"),
        ("shop/events.py", '"prices"', '"costs"'),
        ("shop/money.py", "amount: int", "amount: str"),
        ("far/away.py", "import json\n", "from shop.events import forgotten\n"),
        ("far/away.py", "return json", "from shop.api import home"),
    ],
)
def test_an_edit_that_changes_facts_shows(
    application: Application, path: str, before: str, after: str
) -> None:
    application.run()

    application.edit(path, before, after)

    found = application.run()
    assert found == Ran(application.cold(), 1, found.parsed, is_linked=True)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("shop/broken.py", "def f(:", "def f():\n    pass"),
        ("shop/broken.py", "def f(:", "\ndef f(:"),
        ("shop/broken.py", "def f(:", "def f(: # forgotten"),
        ("shop/events.py", "# told", "# said"),
    ],
    ids=["mended", "moved", "its words", "the words of another"],
)
def test_where_a_file_has_no_facts_the_words_of_all_matter(
    application: Application, path: str, before: str, after: str
) -> None:
    grow(application.root, {"shop/broken.py": "from infragraph import Topic\n\ndef f(:\n"})
    application.run()

    application.edit(path, before, after)

    found = application.run()
    assert (found.report, found.is_linked) == (application.cold(), True)


CHANGES: dict[str, Callable[[Path], object]] = {
    "new": lambda root: (root / "far" / "new.py").write_text("LIMIT = 1\n"),
    "gone": lambda root: (root / "far" / "away.py").unlink(),
    "renamed": lambda root: (root / "shop" / "money.py").rename(root / "shop" / "cash.py"),
    "folder": lambda root: (root / "shop" / "events").mkdir(),
    "configuration": lambda root: (root / "infragraph.yaml").write_text("application: shop\n"),
    "gone and needed": lambda root: (root / "shop" / "api.py").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_tree_shows(
    application: Application, change: Callable[[Path], object]
) -> None:
    application.run()

    change(application.root)

    assert application.run().report == application.cold()
    assert application.run().report == application.cold()


def test_a_fresh_checkout_is_read_and_nothing_else(application: Application) -> None:
    first = application.run()
    moved = application.root.parent.parent / "elsewhere" / "root"
    shutil.copytree(application.root, moved)

    application.root = moved
    second = application.run(jobs=2)

    # It is another root, of which nothing is remembered as a whole.
    assert second == Ran(first.report, len(FILES), 0, is_linked=True)


def test_new_times_are_no_change(application: Application) -> None:
    first = application.run()
    application.age()

    assert application.run(jobs=2) == Ran(first.report, len(FILES), 0, is_linked=False)
    assert application.run() == Ran(first.report, 0, 0, is_linked=False)


def test_a_file_of_the_same_size_in_the_same_second_is_read_again(
    application: Application,
) -> None:
    (application.root / "shop" / "events.py").touch()
    application.run()
    stat = (application.root / "shop" / "events.py").stat()

    application.edit("shop/events.py", '"prices"', '"costs1"')
    os.utime(application.root / "shop" / "events.py", ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert application.run().report == application.cold()


def test_another_tool_knows_nothing(application: Application) -> None:
    first = application.run()

    application.tool = "two"

    assert application.run() == first
    assert application.run() == Ran(first.report, 0, 0, is_linked=False)


def test_what_is_kept_does_not_grow_with_the_edits(application: Application) -> None:
    application.run()
    sizes: list[int] = []
    for number in range(60):
        application.edit("far/away.py", "import json\n", f"import json\nimport a{number}\n")
        (application.root / "far" / "away.py").write_text(FILES["far/away.py"] + f"# {number}\n")
        application.run()
        sizes.append(sum(path.stat().st_size for path in application.cache.rglob("*-*")))

    assert max(sizes) < 2 * sizes[0]


def test_of_many_roots_the_last_are_known(application: Application, tmp_path: Path) -> None:
    for number in range(12):
        root = grow(tmp_path / f"root{number}", {"main.py": f"LIMIT = {number}\n"})
        ran(root, Place(str(application.cache), str(root), "one"), 1)

    assert len(list(application.cache.rglob("*-base"))) == 8


@pytest.mark.parametrize("seed", range(8))
def test_damage_is_no_answer(application: Application, seed: int) -> None:
    expected = application.run().report
    chance = random.Random(seed)  # noqa: S311 - a place, not a secret
    for path in sorted(application.cache.rglob("*")):
        if path.is_file():
            content = bytearray(path.read_bytes())
            for _ in range(8):
                content[chance.randrange(len(content))] ^= 0x5A
            path.write_bytes(content)

    assert application.run().report == expected
    assert application.run() == Ran(expected, 0, 0, is_linked=False)


def test_one_piece_that_is_damaged_costs_one_file(application: Application) -> None:
    expected = application.run().report
    (base,) = application.cache.rglob("*-base")
    content = bytearray(base.read_bytes())
    content[-1] ^= 0x5A
    base.write_bytes(content)
    application.edit("shop/events.py", '"prices"', '"costs"')

    found = application.run()

    assert found.report == application.cold() != expected
    assert found.parsed in {1, 2}


def test_a_cache_that_cannot_be_written_changes_nothing(application: Application) -> None:
    application.cache.write_text("a file in its place")

    assert application.run().report == application.cold()
    assert application.run().report == application.cold()
