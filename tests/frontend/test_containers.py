"""Topics in containers: what is put in comes out again, by its key where that is known."""

import pytest

from tests.frontend.publishing import published

EVERY = "\n    await topic.publish(event)"

ITERATED = {
    "zip with a keyword": ("for topic, n in zip((a, d), (1, 2), strict=True):", "ad"),
    "zip of rows": ("for topic, n in zip(*[(a, b), (c, d)]):", "abcd"),
    "a slice from the second": ("for topic in [a, b][1:]:", "b"),
    "a slice of a tuple": ("for topic in (a, b, c)[:-1]:", "ab"),
    "a slice that is not known": ("for topic in [a, b][len(name):]:", "ab"),
    "sorted": ("for topic in sorted([a, d], key=str):", "ad"),
    "a set of a list": ("for topic in set([a, b]):", "ab"),
    "chain from iterables": ("for topic in itertools.chain.from_iterable([[a], (b,)]):", "ab"),
    "islice": ("for topic in itertools.islice([a, b], 1):", "ab"),
    "product": ("for topic, other in itertools.product([a, b], [c]):", "ab"),
    "zip_longest": ("for topic, n in itertools.zip_longest([a], [1, 2], fillvalue=b):", "ab"),
    "groupby": ("for key, rows in itertools.groupby([a, b], key=str):\n  for topic in rows:", "ab"),
    "batched": ("for rows in itertools.batched([a, b], 2):\n  for topic in rows:", "ab"),
    "repeat": ("for topic in itertools.repeat(c, 3):", "c"),
    "accumulate": ("for topic in itertools.accumulate([a, b], lambda x, y: y):", "ab"),
    "starmap": ("for topic in itertools.starmap(lambda x, y: y, [(a, b)]):", "b"),
    "deque": ("for topic in collections.deque([a, b]):", "ab"),
    "dict from keys": ("for topic in dict.fromkeys([a, b]):", "ab"),
    "values of keywords": ("for topic in dict(x=a, **{'y': b}).values():", "ab"),
    "a union of sets": ("for topic in {a}.union([b]):", "ab"),
    "iter of a function": ("for topic in iter(lambda: a, None):", "a"),
    "a row that is repeated": ("for topic in [a] * 3:", "a"),
    "a difference of sets": ("for topic in {a, b} - {c}:", "ab"),
    "a mapped function": ("for topic in map(lambda one: one[1], [(a, b)]):", "b"),
}


@pytest.mark.parametrize(("loop", "expected"), ITERATED.values(), ids=ITERATED)
def test_what_a_loop_binds_is_known(loop: str, expected: str) -> None:
    body = loop.replace("\n  ", "\n    ")
    inner = "    " * (body.count("\n") + 1)

    assert published(f"{body}\n{inner}await topic.publish(event)", IMPORTS) == expected


IMPORTS = """
import collections
import enum
import functools
import itertools
import operator
import random
import types
import typing
from collections import defaultdict, namedtuple
"""

EXPRESSIONS = {
    "dict from keys": ("dict.fromkeys(['x', 'y'], b)['x']", "b"),
    "dict of pairs": ("dict([('x', a), ('y', b)])['y']", "b"),
    "joined dicts": ("({'x': a} | {'y': b})['y']", "b"),
    "an ordered dict": ("collections.OrderedDict(x=a, y=b)['x']", "a"),
    "a chain map": ("collections.ChainMap({'x': a}, {'y': b})['y']", "b"),
    "next of an iterator": ("next(iter([d]))", "d"),
    "a random choice": ("random.choice([a, c])", "ac"),
    "the largest": ("max([a, b], key=str)", "ab"),
    "reduced": ("functools.reduce(lambda x, y: y, [a, b])", "ab"),
    "popped from a deque": ("collections.deque([a]).popleft()", "a"),
    "an item getter": ("operator.itemgetter('x')({'x': a, 'y': b})", "a"),
    "an item": ("operator.getitem({'x': a, 'y': b}, 'y')", "b"),
    "a proxy of a dict": ("types.MappingProxyType({'x': c})['x']", "c"),
    "a row of pairs": ("dict(zip(['x'], [a]))[name]", "a"),
}


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_what_an_expression_picks_is_known(expression: str, expected: str) -> None:
    assert published(f"await ({expression}).publish(event)", IMPORTS) == expected


FILLED = {
    "a list that a default dict makes": (
        "GROUPS = defaultdict(list)\nGROUPS['x'].append(b)\nGROUPS['y'].append(a)",
        "for topic in GROUPS['x']:",
        "b",
    ),
    "what a default dict makes": (
        "GROUPS = defaultdict(lambda: c)",
        "for topic in [GROUPS[1]]:",
        "c",
    ),
    "an empty list by its name": ("ALL = list()\nALL.append(a)", "for topic in ALL:", "a"),
    "an empty set by its name": ("ALL = set()\nALL.add(a)", "for topic in ALL:", "a"),
    "an empty deque": ("ALL = collections.deque()\nALL.append(a)", "for topic in ALL:", "a"),
    "a dict updated by keywords": ("ALL = {}\nALL.update(x=a)", "for topic in ALL.values():", "a"),
    "a list in a dict that a default dict makes": (
        "GROUPS = defaultdict(lambda: defaultdict(list))\nGROUPS['x']['y'].append(a)",
        "for topic in GROUPS['x']['y']:",
        "a",
    ),
    "a list that a function makes": (
        "def made():\n    return []\nALL = made()\nALL.append(a)",
        "for topic in ALL:",
        "a",
    ),
    "a list that is sorted": ("ALL = [a, b]\nALL.sort()", "for topic in [ALL[0]]:", "ab"),
    "a list that is shuffled": (
        "import random\nALL = [a, b]\nrandom.shuffle(ALL)",
        "for topic in [ALL[0]]:",
        "ab",
    ),
    "a list without its first": ("ALL = [a, b]\nALL.pop(0)", "for topic in [ALL[0]]:", "ab"),
    "a list whose first is deleted": ("ALL = [a, b]\ndel ALL[0]", "for topic in [ALL[0]]:", "ab"),
    "a heap": (
        "import heapq\nALL = []\nheapq.heappush(ALL, (1, a))",
        "for n, topic in [heapq.heappop(ALL)]:",
        "a",
    ),
    "a class that is a dict": (
        "class Table(dict):\n    pass\nTABLE = Table()\nTABLE['x'] = a\nTABLE['y'] = b",
        "for topic in [TABLE['y']]:",
        "b",
    ),
    "a class that is a list": (
        "class Table(list):\n    pass\nTABLE = Table()\nTABLE.append(a)",
        "for topic in TABLE:",
        "a",
    ),
    "a class that adds to a dict": (
        (
            "class Table(dict):\n    def __setitem__(self, key, value):\n"
            "        super().__setitem__(key, value)\nTABLE = Table()\nTABLE['x'] = a"
        ),
        "for topic in TABLE.values():",
        "a",
    ),
    "keywords given back": (
        (
            "class Table:\n    def __init__(self, **topics):\n        self._topics = topics\n"
            "    def __iter__(self):\n        return iter(self._topics.values())\n"
            "TABLE = Table(x=a, y=b)"
        ),
        "for topic in TABLE:",
        "ab",
    ),
    "keywords spread into a dict": (
        "def table(**topics):\n    return {**topics}\nTABLE = table(x=a, y=b)",
        "for topic in [TABLE['y']]:",
        "b",
    ),
    "a sequence by __getitem__ alone": (
        (
            "class Rows:\n    def __getitem__(self, index):\n        return [a, b][index]\n"
            "ROWS = Rows()"
        ),
        "for topic in ROWS:",
        "ab",
    ),
}


@pytest.mark.parametrize(("setup", "loop", "expected"), FILLED.values(), ids=FILLED)
def test_what_a_program_fills_is_known(setup: str, loop: str, expected: str) -> None:
    assert published(f"{loop}{EVERY}", f"{IMPORTS}\n{setup}") == expected


MATCHED = {
    "a mapping": ("{'x': a, 'y': b}", "{'x': topic}"),
    "a mapping in a mapping": ("{'x': {'y': a}}", "{'x': {'y': topic}}"),
    "the rest of a mapping": ("{'x': 1, 'y': a}", "{'x': 1, **rest}"),
    "a sequence in a sequence": ("[1, [2, a]]", "[1, [2, topic]]"),
    "a class": ("Box(a)", "Box(topic)"),
    "a class by keyword": ("Box(a)", "Box(topic=topic)"),
}


@pytest.mark.parametrize(("subject", "pattern"), MATCHED.values(), ids=MATCHED)
def test_what_a_pattern_binds_is_known(subject: str, pattern: str) -> None:
    setup = "from dataclasses import dataclass\n\n@dataclass\nclass Box:\n    topic: object"
    used = "rest['y']" if "rest" in pattern else "topic"
    body = f"match {subject}:\n    case {pattern}:\n        await {used}.publish(event)"

    assert "a" in published(body, setup)
