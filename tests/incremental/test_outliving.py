"""An answer is given again after edits of what it did not ask, and of nothing else."""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager

import pytest

from tests.incremental.command import Command
from tests.incremental.kept import Kept

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked")

_WITHOUT_THE_MACHINE = """
from infragraph.linking import compile
def run(*_, **__):
    raise SystemExit("the machine runs")
compile._linked = run
"""
TEXT = '''\
"""Both topics are findings, one above what is edited and one below."""

from infragraph import Topic

before = Topic[int]("before")


def plain(value: int) -> int:
    """Adds."""
    total = 1
    return total + value


class Counter:
    def step(self) -> int: return 1


after = Topic[int]("after")
'''

OUTLIVED = {
    "a number": ("total = 1", "total = 1234"),
    "a line more": ("    total = 1\n", "    total = 1\n    total += 1\n"),
    "ninety lines more": ("    total = 1\n", "    total = 1\n" + "    total += 1\n" * 90),
    "a line less": ("    total = 1\n    return total + value\n", "    return value\n"),
    "lines above all": ('"""Both', '\n\n\n"""Both'),
    "lines between": ("class Counter", "\n\n\nclass Counter"),
    "a docstring": ("Adds.", "Adds\n    much."),
    "a comment": ("total = 1", "total = 1  # at first"),
    "an end of a line": ("return 1", "return 1111"),
    "a name": ("def plain(", "def simple("),
    "a name and a line": (
        "def plain(value: int) -> int:\n",
        "def simple(value: int) -> int:\n    value += 1\n",
    ),
}

ASKED = {
    "a topic in a body": ("total = 1", "total = before"),
    "a topic in a comment": ("total = 1", "total = 1  # before"),
    "an import in a body": (
        "    total = 1\n",
        "    from shop.orders.events import *\n    total = 1\n",
    ),
    "a verb": ("total = 1", "total = value.publish(1)"),
    "a default": ("value: int", "value: int = 1"),
    "the name of a topic": ('"before"', '"earlier"'),
    "a decorator": ("def plain", "@print\ndef plain"),
    "a private name": ("def plain", "def _plain"),
    "a comment that speaks to the tool": ("total = 1", "total = 1  # infragraph: ignore"),
    "a function more": ("class Counter", "def more(): pass\n\n\nclass Counter"),
    "what is no Python": ("total = 1", "total = ("),
}


@pytest.fixture(scope="module")
def known(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A tree with the file above, whose answer is known and never another."""
    return _with(Kept(command, tmp_path_factory.mktemp("known")), {"more.py": TEXT})


def _with(kept: Kept, files: Mapping[str, str]) -> Kept:
    for name, text in files.items():
        (kept.root / "shop/orders" / name).write_text(text, "utf-8")
    kept.age(30)
    kept.run()
    return kept


@contextmanager
def _edited(known: Kept, text: str) -> Generator[None]:
    """The tree with another text, and what is known of it as it was."""
    assert text != TEXT
    stored = known.cache.with_name("stored")
    known.store(stored)
    (known.root / "shop/orders/more.py").write_text(text, "utf-8")
    yield
    (known.root / "shop/orders/more.py").write_text(TEXT, "utf-8")
    known.restore(stored)
    known.age(30)


@pytest.mark.parametrize(("old", "new"), OUTLIVED.values(), ids=OUTLIVED)
def test_an_answer_outlives_an_edit_of_what_it_did_not_ask(known: Kept, old: str, new: str) -> None:
    with _edited(known, TEXT.replace(old, new)):
        assert known.run(_WITHOUT_THE_MACHINE) == known.cold()


def test_an_answer_outlives_many_edits(known: Kept) -> None:
    with _edited(known, f"\n{TEXT}"):
        text = TEXT
        found = None
        for old, new in OUTLIVED.values():
            text = text.replace(old, new)
            (known.root / "shop/orders/more.py").write_text(text, "utf-8")
            found = known.run(_WITHOUT_THE_MACHINE)

        assert found == known.cold()


@pytest.mark.parametrize(("old", "new"), ASKED.values(), ids=ASKED)
def test_an_answer_does_not_outlive_what_it_asked(known: Kept, old: str, new: str) -> None:
    with _edited(known, TEXT.replace(old, new)):
        assert known.run(_WITHOUT_THE_MACHINE).notes == "the machine runs\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "user",
    [
        "from shop.orders.more import plain\n",
        "from shop.orders.more import simple\n",
        "from shop.orders.more import *\n",
        "from shop.orders import more\n\nused = more.plain\n",
        "from shop.orders import more\n\nused = getattr(more, 'pl' + 'ain')\n",
        "from shop.orders import more\n\nused = vars(more).values()\n",
        "raise SystemExit\nfrom shop.orders.more import simple\n\n@simple.get('/')\ndef f(): ...\n",
    ],
)
def test_an_answer_does_not_outlive_a_name_that_somebody_asks_for(kept: Kept, user: str) -> None:
    _with(kept, {"more.py": TEXT, "user.py": user})
    (kept.root / "shop/orders/more.py").write_text(TEXT.replace("plain", "simple"), "utf-8")

    assert kept.run(_WITHOUT_THE_MACHINE).notes == "the machine runs\n"
    assert kept.run() == kept.cold()
