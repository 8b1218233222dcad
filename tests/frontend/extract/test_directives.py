import pytest

from infragraph.frontend.extract import extract
from infragraph.model.facts import Directive
from infragraph.model.source import Position


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        (
            "x = 1  # infragraph: ignore[dead-topic]\n",
            [Directive("ignore", ("dead-topic",), alone=False, at=Position(1, 8, 1, 40))],
        ),
        (
            "é = 1  # infragraph: uses[publishes topic:a, reads secret:b] since March\n",
            [
                Directive(
                    "uses",
                    ("publishes topic:a", "reads secret:b"),
                    alone=False,
                    at=Position(1, 8, 1, 73),
                )
            ],
        ),
        (
            "def f():\n    #infragraph:ignore[]\n    pass\n",
            [Directive("ignore", (), alone=True, at=Position(2, 5, 2, 25))],
        ),
        (
            "# infragraph: ignroe dead-topic\n",
            [Directive("ignroe dead-topic", (), alone=True, at=Position(1, 1, 1, 32))],
        ),
        (
            "x = 1  # noqa # infragraph: ignore[a]  # infragraph: ignore[b]\n",
            [
                Directive("ignore", ("a",), alone=False, at=Position(1, 15, 1, 38)),
                Directive("ignore", ("b",), alone=False, at=Position(1, 40, 1, 63)),
            ],
        ),
        ("x = '# infragraph: ignore[a]'\n", []),
        ("'''\n# infragraph: ignore[a]\n'''\n", []),
        ("# about infragraph: ignore[a]\n", []),
    ],
)
def test_comments_to_this_tool_are_read(text: str, directives: list[Directive]) -> None:
    assert list(extract(text.encode()).directives) == directives
