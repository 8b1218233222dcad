import pytest

from infragraph.scaffold.pythons import chosen, required_python


@pytest.mark.parametrize(
    ("pinned", "required", "python"),
    [
        (None, None, "3.13"),
        (None, ">=3.11", "3.13"),
        (None, ">=3.11,<3.13", "3.12"),
        (None, ">=3.14", "3.14"),
        (None, "==3.12.*", "3.12"),
        (None, "~=3.11", "3.13"),
        (None, ">=3.99", "3.13"),
        (None, "$(id)", "3.13"),
        ("3.12.4\n", ">=3.11", "3.12"),
        ("3.14", None, "3.14"),
        ("pypy3.10", ">=3.12,<3.13", "3.12"),
        ("3.99", None, "3.13"),
        ("", None, "3.13"),
    ],
)
def test_the_python_is_one_that_the_project_allows(
    pinned: str | None, required: str | None, python: str
) -> None:
    assert chosen(pinned, required) == python


@pytest.mark.parametrize(
    ("project", "required"),
    [
        (b'[project]\nrequires-python = ">=3.12"\n', ">=3.12"),
        (b"[project]\nrequires-python = 3\n", None),
        (b"[project]\n", None),
        (b"project = 1\n", None),
        (b"[project", None),
        (b"\xff", None),
    ],
)
def test_what_a_project_requires_is_read(project: bytes, required: str | None) -> None:
    assert required_python(project) == required
