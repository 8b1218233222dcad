"""What an edit of one file may change before its earlier facts are no answer any more."""

from textwrap import dedent

import pytest

from infragraph.frontend.bodies import Asked, deferred_bodies
from infragraph.frontend.extract import extract
from infragraph.frontend.likeness import moves
from infragraph.frontend.moves import Moves
from infragraph.model.source import Position

WORDS = frozenset({"getattr", "publish", "post", "__import__"})

BEFORE = '''\
"""Orders."""

from shop.events import placed

LIMIT = 10


def first(value: int) -> int:
    """Says one."""
    total = 1
    return total


class Counter:
    def step(self) -> int:
        return 2

    def stop(self): pass


async def last() -> None:
    await placed.publish("")
'''
LAST = 3
"""The number of `last`, of which a run asks more than its words."""


def found(
    before: str,
    after: str,
    *,
    lowered: tuple[int, ...] = (),
    heeded: tuple[str, ...] = (),
    named: tuple[str, ...] | None = None,
) -> Moves | None:
    asked = Asked(lowered, heeded, named)
    return moves(extract(before.encode()), extract(after.encode()), asked, WORDS)


def edited(old: str, new: str) -> Moves | None:
    assert BEFORE.count(old) == 1
    return found(BEFORE, BEFORE.replace(old, new), lowered=(LAST,))


STILL = {
    "nothing": ("", ""),
    "a number": ("total = 1", "total = 2"),
    "a number of more digits at the end of a body": ("return 2", "return 20000"),
    "a name that only the body has": ("return total", "return 12345"),
    "a body in one line": ("pass", "return None"),
    "a docstring": ("Says one.", "Says two."),
    "a comment in what is looked into": ('publish("")', 'publish("")  # at last'),
    "a body that is made of others": ("    total = 1\n", "    if value: total = 3\n"),
}


@pytest.mark.parametrize(("old", "new"), STILL.values(), ids=STILL)
def test_what_is_not_looked_into_may_change(old: str, new: str) -> None:
    after = BEFORE.replace(old, new) if old else BEFORE
    changed = found(BEFORE, after, lowered=(LAST,))

    assert changed is not None
    assert changed.moved(Position(22, 5, 22, 29)) == Position(22, 5, 22, 29)


OTHERWISE = {
    "a constant of the module": ("LIMIT = 10", "LIMIT = 11"),
    "the same number of another type": ("LIMIT = 10", "LIMIT = 10.0"),
    "an import": ("import placed", "import sent as placed"),
    "the name of a function": ("def first", "def other"),
    "a parameter": ("value: int", "value: str"),
    "a default": ("value: int", "value: int = 3"),
    "a decorator": ("async def last", "@LIMIT\nasync def last"),
    "what is looked into": ('publish("")', 'publish("a")'),
    "a text in what is looked into": ('publish("")', 'publish("") and ""'),
    "an import in a body": ("total = 1", "import shop"),
    "the name of an import in a body": ("total = 1", "from shop.events import placed"),
    "a name of the module": ("total = 1", "total = LIMIT"),
    "a name of the module in a comment": ("total = 1", "total = 1  # placed"),
    "a name of the module in a text": ("total = 1", "total = 'LIMIT'"),
    "a verb": ("total = 1", "value.publish(1)"),
    "a word that leads anywhere": ("total = 1", "total = __import__('shop')"),
    "a function in a body": ("total = 1", "total = lambda: 1"),
    "a function in a function": ("    total = 1\n", "    def inner(): pass\n    total = 1\n"),
    "letters that Python takes for others": ("total = 1", "total = 'é'"),
    "a comment that speaks to the tool": ("total = 1", "total = 1  # infragraph: ignore"),
    "one function more": ("class Counter", "def more(): pass\n\n\nclass Counter"),
    "a method more": ("    def stop", "    def more(self): pass\n\n    def stop"),
    "what is no Python": ("total = 1", "total = ("),
    "the columns of what is looked into": ("    await", "      await"),
}


@pytest.mark.parametrize(("old", "new"), OTHERWISE.values(), ids=OTHERWISE)
def test_whatever_else_changes_may_change_the_answer(old: str, new: str) -> None:
    assert edited(old, new) is None


@pytest.mark.parametrize("number", range(LAST + 1))
def test_a_body_that_was_looked_into_may_not_change(number: int) -> None:
    bodies = [body.text for body in deferred_bodies(extract(BEFORE.encode()).body)]
    old = bodies[number]
    new = old.replace("1", "7").replace("2", "7").replace("pass", "...").replace('("")', '("x")')
    assert BEFORE.count(old) == 1

    assert found(BEFORE, BEFORE.replace(old, new), lowered=(number,)) is None
    assert found(BEFORE, BEFORE.replace(old, new), lowered=()) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 1  # publish", "value.publish(1)"),
        ("value = 1  # publish", "value. \\\n  publish(1)"),
        ("value = 1  # publish", "(value.  # that\n  publish(1))"),
        ("value = 1  # that", "value @= 1  # that"),
    ],
)
def test_words_may_not_come_to_stand_where_they_say_more(old: str, new: str) -> None:
    text = "def one(value):\n    {0}\n"

    assert found(text.format(old), text.format(new)) is None


def test_words_that_were_looked_for_may_neither_come_nor_go() -> None:
    after = BEFORE.replace("total = 1", "total = late")

    assert found(BEFORE, after) is not None
    assert found(BEFORE, after, heeded=("late",)) is None
    assert found(after, BEFORE, heeded=("late",)) is None


def test_whatever_stands_below_more_lines_has_moved_by_them() -> None:
    changed = edited("    total = 1\n", "    total = 1\n    total += 1\n    total += 1\n")

    assert changed is not None
    assert changed.moved(Position(5, 1, 5, 6)) == Position(5, 1, 5, 6)
    assert changed.moved(Position(8, 5, 8, 10)) == Position(8, 5, 8, 10)
    assert changed.moved(Position(8, 1, 11, 17)) == Position(8, 1, 13, 17)
    assert changed.moved(Position(14, 1, 14, 6)) == Position(16, 1, 16, 6)
    assert changed.moved(Position(21, 11, 22, 29)) == Position(23, 11, 24, 29)


def test_the_end_of_a_class_moves_with_that_of_its_last_body() -> None:
    text = "class A:\n    def one(self):\n        return 1\n\n\nLIMIT = 1\n"
    changed = found(text, text.replace("return 1", "x = 1\n        return x + 100"))

    assert changed is not None
    assert changed.moved(Position(1, 1, 3, 17)) == Position(1, 1, 4, 23)
    assert changed.moved(Position(6, 1, 6, 6)) == Position(7, 1, 7, 6)


def test_lines_that_a_body_has_lost_stand_nowhere() -> None:
    changed = edited("    total = 1\n    return total\n", "    return 1\n")

    assert changed is not None
    assert changed.moved(Position(10, 5, 10, 6)) is None
    assert changed.moved(Position(14, 1, 14, 6)) == Position(13, 1, 13, 6)


def test_what_stands_within_a_text_of_many_lines_moves_with_it() -> None:
    text = "def one():\n    return 1\n\n\nSQL = '''\nselect 1\n'''\n"
    changed = found(text, text.replace("return 1", "x = 1\n    return x"))

    assert changed is not None
    assert changed.moved(Position(6, 1, 6, 9)) == Position(7, 1, 7, 9)


def test_a_text_may_not_become_another_that_says_the_same() -> None:
    text = "SQL = '''\\\nselect 1\n'''\n"

    assert found(text, text.replace("\\\n", "")) is None


def test_lines_of_a_file_in_which_a_comment_states_a_use_may_not_move() -> None:
    text = dedent(
        """\
        def one():
            return 1


        def two():
            return 2  # infragraph: uses[publishes topic:orders]
        """
    )

    assert found(text, text.replace("return 1", "x = 1\n    return x"), lowered=(1,)) is None
    assert found(text, text.replace("return 1", "return 3"), lowered=(1,)) is not None


def test_zero_is_not_what_is_below_it() -> None:
    assert found("LIMIT = 0.0\n", "LIMIT = -0.0\n") is None
    assert found("LIMIT = 1\n", "LIMIT = True\n") is None


RENAMED = {
    "another": ("def first(", "def second("),
    "in one line": ("def first(value: int) -> int:", "def a_longer_name(value: int) -> int:"),
    "with its body": (
        "def first(value: int) -> int:\n",
        "def second(value: int) -> int:\n    pass\n",
    ),
}


@pytest.mark.parametrize(("old", "new"), RENAMED.values(), ids=RENAMED)
def test_a_function_that_nobody_asks_for_may_have_another_name(old: str, new: str) -> None:
    changed = found(BEFORE, BEFORE.replace(old, new), lowered=(LAST,), named=("last", "Counter"))

    assert changed is not None
    assert not changed.are_none


def test_what_stands_behind_a_longer_name_stands_further_right() -> None:
    text = "def one(value: int): return 1\n\n\nLIMIT = 1\n"
    changed = found(text, text.replace("one", "three"), named=())

    assert changed is not None
    assert changed.moved(Position(1, 1, 1, 30)) == Position(1, 1, 1, 32)
    assert changed.moved(Position(1, 5, 1, 8)) == Position(1, 5, 1, 10)
    assert changed.moved(Position(1, 9, 1, 19)) == Position(1, 11, 1, 21)
    assert changed.moved(Position(4, 1, 4, 6)) == Position(4, 1, 4, 6)


TWO = "def one(): return 1\n\n\ndef two(): return LIMIT\n\n\nLIMIT = 1\n"


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        pytest.param(TWO, TWO.replace("one", "new"), None, id="who asks is not known"),
        pytest.param(TWO, TWO.replace("one", "new"), ("one",), id="somebody asks for it"),
        pytest.param(TWO, TWO.replace("one", "new"), ("new",), id="somebody asks for the new one"),
        pytest.param(TWO, TWO.replace("one", "_new"), (), id="it is private"),
        pytest.param(TWO, TWO.replace("one", "__getattr__"), (), id="it is no common name"),
        pytest.param(TWO, TWO.replace("one", "d\u00e9"), (), id="it is not ASCII"),
        pytest.param(TWO, TWO.replace("one", "two"), (), id="another has it"),
        pytest.param(TWO, TWO.replace("one", "LIMIT"), (), id="a constant has it"),
        pytest.param(
            TWO,
            TWO.replace("one", "x").replace("two", "one").replace("x", "two"),
            (),
            id="two change names",
        ),
        pytest.param(
            TWO + "X = one\n", TWO.replace("one", "new") + "X = one\n", (), id="it is used"
        ),
        pytest.param(
            TWO + "X = 'one'\n", TWO.replace("one", "new") + "X = 'one'\n", (), id="in a text"
        ),
        pytest.param(
            TWO + "X = a.new\n", TWO.replace("one", "new") + "X = a.new\n", (), id="as attribute"
        ),
        pytest.param(
            TWO + "def f(): one()\n",
            TWO.replace("one", "new") + "def f(): one()\n",
            (),
            id="in a body",
        ),
        pytest.param(f"@LIMIT\n{TWO}", f"@LIMIT\n{TWO.replace('one', 'new')}", (), id="decorated"),
        pytest.param(
            "if 1:\n    def one(): pass\n", "if 1:\n    def new(): pass\n", (), id="in a branch"
        ),
        pytest.param(
            "class A:\n    def one(self): pass\n",
            "class A:\n    def new(self): pass\n",
            (),
            id="in a class",
        ),
        pytest.param(
            TWO + "def one(): pass\n",
            TWO.replace("one", "new") + "def new(): pass\n",
            (),
            id="twice",
        ),
        pytest.param(TWO, TWO.replace("one(", "new(a"), (), id="with a parameter more"),
        pytest.param(
            f"from a import *\n{TWO}",
            f"from a import *\n{TWO.replace('one', 'new')}",
            (),
            id="beside all names of another module",
        ),
    ],
)
def test_a_name_that_may_be_asked_for_changes_the_answer(
    before: str, after: str, named: tuple[str, ...] | None
) -> None:
    assert before != after
    assert found(before, after, named=named) is None


def test_a_function_that_was_looked_into_keeps_its_name() -> None:
    assert found(TWO, TWO.replace("one", "new"), lowered=(0,), named=()) is None
    assert found(TWO, TWO.replace("one", "new"), lowered=(1,), named=()) is not None
