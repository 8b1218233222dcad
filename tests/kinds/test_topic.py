import ast
import inspect

import pytest

from infragraph.kinds.topic import DELIVERIES
from infragraph.sdk.topic import Topic
from tests.kinds.reading import findings, properties


def test_a_topic_shows_its_options() -> None:
    shown = properties(
        """
NAME = "re" + "funds"
refunds = Topic[Refund](
    NAME,
    delivery="exactly-once",
    ordering_key="id",
    retention=timedelta(days=1),
    audit=True,
    external=True,
    publishers=("shop",),
    subscribers=(),
)
""",
        "topic:refunds",
    )

    assert list(shown.items()) == [
        ("payload", {"$ref": "#/payloads/shop.Refund"}),
        ("delivery", "exactly-once"),
        ("ordering_key", "id"),
        ("retention", 86400),
        ("audit", True),
        ("external", True),
        ("publishers", ["shop"]),
        ("subscribers", []),
    ]


def test_a_topic_without_options_shows_the_defaults() -> None:
    assert list(properties("", "topic:orders").items()) == [
        ("payload", {"$ref": "#/payloads/shop.Order"}),
        ("delivery", "at-least-once"),
        ("ordering_key", None),
        ("retention", 604800),
        ("audit", False),
        ("external", False),
        ("publishers", None),
        ("subscribers", None),
    ]


def test_a_topic_with_mistakes_shows_what_is_known() -> None:
    text = 'refunds = Topic("refunds", delivery=1, audit=True)\n'

    assert properties(text, "topic:refunds")["payload"] is None
    assert properties(text, "topic:refunds")["delivery"] is None
    assert properties(text, "topic:refunds")["audit"] is True


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ('Topic("refunds")', ("IG2101", 'Topic("refunds")')),
        ('Topic[Refund]("Refunds")', ("IG2009", '"Refunds"')),
        ('Topic[Refund]("refunds", ordering_key="ids")', ("IG2102", '"ids"')),
        ('Topic[Refund]("refunds", delivery="at_most_once")', ("IG2008", '"at_most_once"')),
        ('Topic[Refund]("refunds", publishers=("shop", "x"))', ("IG2015", '"x"')),
        ('Topic[Refund]("refunds", subscribers=("x",))', ("IG2015", '"x"')),
        ('Topic[Refund]("refunds", publishers="shop")', ("IG2002", '"shop"')),
        ('Topic[Refund]("refunds", publishers=("shop", 1))', ("IG2002", "1")),
        ('Topic[Refund]("refunds", payload=1)', ("IG2003", "payload")),
        ("Topic[Refund]()", ("IG2004", "Topic[Refund]()")),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(declared: str, found: tuple[str, str]) -> None:
    assert findings(f"refunds = {declared}\n") == [found]


def test_a_key_of_a_class_that_was_not_read_is_held_against_nobody() -> None:
    text = """
from elsewhere import Base


@dataclass(frozen=True)
class Payment(Base):
    id: str


payments = Topic[Payment]("payments", ordering_key="customer")
"""

    assert "IG2102" not in [code for code, _ in findings(text)]


def test_a_loop_that_declares_topics_is_one_finding() -> None:
    text = 'for name in ("a", "b"):\n    Topic[Refund](name)\n'

    assert findings(text) == [("IG2012", "Topic[Refund](name)")]


def test_the_deliveries_are_those_that_the_signature_takes() -> None:
    annotation = inspect.signature(Topic).parameters["delivery"].annotation

    assert ast.literal_eval(annotation.removeprefix("Literal")) == list(DELIVERIES)
