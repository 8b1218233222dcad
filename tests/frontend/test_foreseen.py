"""What the machine will ask for, told before it runs."""

import pytest

from infragraph.frontend.analysis import module_of
from infragraph.frontend.extract import extract
from infragraph.frontend.foreseen import foreseen
from infragraph.frontend.program import program
from infragraph.model.source import SourceFile

PASSED_OVER = frozenset({"shop.models", "shop.names", "shop.texts", "shop.texts.plain"})
TOPIC = "from infragraph import Topic\n"


def asked_for(text: str, *, is_library: bool = False) -> set[str]:
    content = text.encode()
    source = SourceFile(
        path="shop/api.py", module="shop.api", content=content, is_library=is_library
    )
    application = program([module_of(source, extract(content))], PASSED_OVER)
    return set(foreseen(application, frozenset({"infragraph"})))


@pytest.mark.parametrize(
    "text",
    [
        "from shop.names import NAME\nmade = Topic[int](NAME)",
        "from shop.names import NAME as name\nmade = Topic[int](f'{name}-made')",
        "from .names import NAME\nmade = Topic[int](NAME)",
        "from shop import names\nmade = Topic[int](names.NAME)",
        "def f() -> None:\n    from shop.names import NAME\n    Topic[int](NAME)",
        "from shop.names import NAME\nmake = Topic[int]\nmade = make(NAME)",
    ],
)
def test_what_stands_beside_a_resource_is(text: str) -> None:
    assert asked_for(TOPIC + text) == {"shop.names"}


def test_what_stands_elsewhere_is_not() -> None:
    text = "from shop.names import NAME\nmade = Topic[int]('made')\nprint(NAME)\n"

    assert asked_for(TOPIC + text) == set()


def test_nothing_is_where_no_name_leads_to_a_resource() -> None:
    assert asked_for("from shop.names import NAME\nprint(NAME)\n") == set()


def test_a_module_is_known_by_its_longest_name() -> None:
    assert asked_for(TOPIC + "from shop.texts import plain\nTopic[int](plain.name)\n") == {
        "shop.texts.plain"
    }


def test_a_library_asks_for_nothing() -> None:
    text = TOPIC + "from shop.names import NAME\nmade = Topic[int](NAME)\n"

    assert asked_for(text, is_library=True) == set()
