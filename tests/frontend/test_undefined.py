"""Names that nothing binds, in bodies whose text is searched before it is taken apart."""

import pytest

from tests.compiling import compiled

_SHOP = """\
from infragraph import Service

shop = Service("shop")


@shop.post("/orders", access="public")
async def place() -> None:
    number = 1
    await ({use}(number))
"""

_USES = [
    "orders.publish",
    "orders . publish",
    "orders. \\\n        publish",
    "orders.  # the topic of\n        # all orders\n        publish",
]


@pytest.mark.parametrize("use", _USES)
def test_undefined_name_is_found_however_its_attribute_is_written(use: str) -> None:
    _, diagnostics = compiled({"shop.py": _SHOP.replace("{use}", use)})

    assert [(one.code, one.span.line, one.span.column) for one in diagnostics] == [
        ("IG3205", 9, 12)
    ]


def test_sentence_about_an_attribute_uses_no_name() -> None:
    use = "print  # What is announced.\n    #   publish it\n    "

    _, diagnostics = compiled({"shop.py": _SHOP.replace("{use}", use)})

    assert diagnostics == ()
