import pytest

from infragraph.frontend.extract import extract
from infragraph.model.facts import FileFault, ModuleFacts
from infragraph.model.source import Position

NOT_PYTHON = "the syntax is not Python's"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = 1\nx = = 2\n", ("syntax", NOT_PYTHON, (2, 1, 2, 8))),
        ("print 'x'\n", ("syntax", NOT_PYTHON, (1, 1, 1, 10))),
        ("x = (1,\ny = 2\n", ("syntax", "'(' is never closed", (1, 5, 1, 6))),
        ("x = é)\n", ("syntax", "')' closes nothing that is open", (1, 6, 1, 7))),
        ("x = 1\ny = '''a\nb\n", ("syntax", "the string never ends", (2, 5, 2, 6))),
        (
            "if 1:\n        x = 1\n    y = 1\n",
            ("syntax", "the indentation does not fit the lines before it", (3, 5, 3, 10)),
        ),
        # What this Python does not read is not what is wrong.
        ("type X = int\nx = = 2\n", ("syntax", NOT_PYTHON, (2, 1, 2, 8))),
        ("type X = int\n\nx = 1\ny = '\\x4'\n", ("syntax", NOT_PYTHON, (4, 1, 4, 10))),
        (
            f"x = 1\ny = {'(' * 201}1{')' * 201}\n",
            ("too-deep", "more than 200 brackets are open at once", (2, 205, 2, 206)),
        ),
        (
            f"if 1:\n  x = {'1 + ' * 201}1\n",
            ("too-deep", "the code nests more than 200 levels deep", (2, 3, 2, 812)),
        ),
        (
            f"x = {'- ' * 5_000}1\n",
            ("too-complex", "more than 200 operators stand before one operand", (1, 1, 1, 10006)),
        ),
        (
            "if 1: pass\n" + "elif 1: pass\n" * 201,
            ("too-complex", "more than 200 branches follow one 'if'", (2, 1, 2, 13)),
        ),
        (
            f"x = 1\ny = [{'1, ' * 200_000}]\n",
            ("too-complex", "the file has more than 300,000 tokens", (2, 1, 2, 600_007)),
        ),
        (
            f"x = {'[' * 45}{'(' * 155}1{')' * 155}{']' * 45}\n",
            (
                "too-deep",
                "more than 150 brackets are open at once in nested code",
                (1, 155, 1, 156),
            ),
        ),
        (
            f"x = {'(' * 155}1 +{')' * 155}\n",
            (
                "too-deep",
                "more than 150 brackets are open at once in nested code",
                (1, 155, 1, 156),
            ),
        ),
    ],
)
def test_a_fault_is_told_in_the_same_words_on_every_python(
    text: str, fault: tuple[str, str, tuple[int, int, int, int]]
) -> None:
    kind, detail, at = fault
    expected = FileFault(kind, detail, Position(*at))  # type: ignore[arg-type]

    assert extract(text.encode()) == ModuleFacts((), None, (), expected)


def test_what_a_broken_file_ignores_is_still_known() -> None:
    facts = extract(b"# infragraph: ignore[dead-topic]\nx = = 1\n")

    assert [directive.arguments for directive in facts.directives] == [("dead-topic",)]


@pytest.mark.parametrize("newer", ["", "type X = int\n"])
def test_limits_are_the_same_before_and_after_newer_syntax(newer: str) -> None:
    """Each is nearly the last that is read, and nearly the first that is not."""
    for count, is_read in ((195, True), (201, False)):
        assert _is_read(f"{newer}x = {'1 + ' * count}1\n") == is_read
        assert _is_read(f"{newer}x = a{'.b' * count}\n") == is_read
        branches = "elif 1: pass\n" * count
        assert _is_read(f"{newer}if 1: pass\n{branches}") == is_read
    for count, is_read in ((149, True), (151, False)):
        assert _is_read(f"{newer}x = {'[' * count}{']' * count}\n") == is_read


@pytest.mark.slow
def test_a_file_of_long_lines_takes_no_longer_than_one_of_short() -> None:
    """Each asks for a place in a line, once for every node."""
    for text in (
        f"x = ['é', {'a, ' * 30_000}]\n",
        f"x = 1  {'# infragraph: ignore[a] ' * 20_000}\n",
        "x = 1  # infragraph: ignore[a]\n" * 20_000,
        f"'''{chr(10) * 90_000}a'''\n",
        "x = 1\n" * 50_000,
    ):
        assert _is_read(text)


def _is_read(text: str) -> bool:
    return extract(text.encode()).fault is None
