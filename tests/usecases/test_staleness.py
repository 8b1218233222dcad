import pytest

from infragraph.usecases.staleness import difference


@pytest.mark.parametrize(
    ("present", "wanted", "lines"),
    [
        (b"a\n", "a\n", []),
        (
            b"a\nb\n",
            "a\nc\n",
            ["--- x", "+++ x as it would be generated", "@@ -1,2 +1,2 @@", " a", "-b", "+c"],
        ),
        (
            None,
            "a\n",
            ["--- /dev/null", "+++ x as it would be generated", "@@ -0,0 +1 @@", "+a"],
        ),
        (
            b"a\r\n",
            "a\n",
            ["--- x", "+++ x as it would be generated", "@@ -1 +1 @@", "-a\r", "+a"],
        ),
        (
            b"a",
            "a\n",
            [
                "--- x",
                "+++ x as it would be generated",
                "@@ -1 +1 @@",
                "-a\n\\ No newline at end of file",
                "+a",
            ],
        ),
        (
            b"\xff\n",
            "\ufffd\n",
            ["--- x", "+++ x as it would be generated", "@@ -1 +1 @@", "-\udcff", "+\ufffd"],
        ),
    ],
)
def test_a_file_is_stale_where_one_byte_is_another(
    present: bytes | None, wanted: str, lines: list[str]
) -> None:
    assert list(difference("x", present, wanted)) == lines


def test_an_empty_file_that_is_not_there_is_stale() -> None:
    assert list(difference("x", None, "")) == ["x is not there, and would be empty"]
