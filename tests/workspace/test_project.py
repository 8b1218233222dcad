import pytest

from infragraph.workspace.project import NO_PROJECT, parse_project


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[project",
        b"x = " + b"9" * 5_000,
        b"x = " + b"[" * 50_000,
        b"x = 2020-13-45",
        b"project = 1",
        b"[project]\nname = 1\n",
        b"tool = []\n[[tool.poetry]]\n",
    ],
)
def test_a_description_that_cannot_be_read_says_nothing(content: bytes) -> None:
    assert parse_project(content) == NO_PROJECT
