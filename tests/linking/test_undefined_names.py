"""Names that a service or a resource is used by, and that nothing defines."""

import pytest

from tests.compiling import diagnostics

SHOP = "from infragraph import Service\n\nshop = Service('shop')\n"
DECORATED = "@door.get('/orders', access='public')\nasync def list_orders() -> list[str]: ...\n"
PUBLISHING = "async def send() -> None:\n    await news.publish('x')\n"


def told(text: str) -> list[tuple[str, int, str]]:
    files = {"shop/__init__.py": SHOP, "shop/api.py": f"import infragraph\n{text}"}
    return [
        (found.slug, found.span.line, found.message)
        for found in diagnostics(files)
        if found.slug == "name-not-defined"
    ]


def test_a_name_that_nothing_binds_is_told_once_in_a_file() -> None:
    found = told(f"{DECORATED}\n\n{DECORATED}")

    assert found == [
        ("name-not-defined", 2, "'door' is not defined: nothing in this file binds it")
    ]


def test_a_name_that_is_imported_from_where_it_is_not_is_told() -> None:
    found = told(f"from shop import door\n{DECORATED}")

    assert found == [("name-not-defined", 3, "'door' is not defined: 'shop' has no 'door'")]


def test_what_is_published_to_by_an_unknown_name_is_told() -> None:
    assert [line for _, line, _ in told(PUBLISHING)] == [3]


def test_the_names_of_a_function_are_none_at_the_top_of_its_module() -> None:
    assert [line for _, line, _ in told(f"def f(door): ...\n{DECORATED}")] == [3]


@pytest.mark.parametrize(
    "binding",
    [
        "from shop import *",
        "from shop import shop as door",
        "import shop as door",
        "import door.sub",
        "from .elsewhere import door",
        "from elsewhere import door",
        "door = make()",
        "door: object = make()",
        "a, (b, *door) = make()",
        "for door in make(): pass",
        "with make() as (a, door): pass",
        "try:\n    pass\nexcept ValueError as door:\n    pass",
        "if (door := make()): pass",
        "match make():\n    case [door, _]: pass",
        "def door(): ...",
        "class door: ...",
        "if make():\n    door = 1\nelse:\n    del door",
        "def f():\n    global door\n    door = make()",
        "globals()['door'] = make()",
        "exec('door = 1')",
    ],
)
def test_a_name_that_something_binds_is_not_told(binding: str) -> None:
    assert told(f"{binding}\n{DECORATED}") == []


@pytest.mark.parametrize(
    "function",
    [
        "async def send(news) -> None:\n    await news.publish('x')\n",
        "async def send() -> None:\n    [await news.publish('x') for news in all()]\n",
        "send = lambda news: news.publish('x')\n",
        "def around(news):\n    async def send() -> None:\n        await news.publish('x')\n",
        "async def send(*, news=None, **rest) -> None:\n    await news.publish('x')\n",
        "class Sender:\n    async def send(self):\n        await self.news.publish(1)\n",
        "async def send() -> None:\n    await print.publish('x')\n",
        "async def send() -> None:\n    news.append('x')\n",
    ],
)
def test_what_a_function_may_know_is_not_told(function: str) -> None:
    assert told(function) == []


def test_a_module_that_makes_its_names_may_have_any() -> None:
    files = {
        "shop/__init__.py": f"{SHOP}\n\ndef __getattr__(name): ...\n",
        "shop/api.py": f"import infragraph\nfrom shop import door\n{DECORATED}",
    }

    assert [it.slug for it in diagnostics(files) if it.slug == "name-not-defined"] == []
