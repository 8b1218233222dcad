from docs.generating.docstrings import Docstring, read


def test_prose_is_joined_and_examples_are_fenced() -> None:
    text = """A topic.

        a = 1

        b = 2

    It goes on,
    for a while:

        c = 3
    """

    assert read(text) == Docstring(
        body=(
            "A topic.\n\n```python\na = 1\n\nb = 2\n```\n\n"
            "It goes on, for a while:\n\n```python\nc = 3\n```"
        ),
        sections={},
    )


def test_an_example_that_lost_its_indentation_is_one_all_the_same() -> None:
    text = """Run a function first.

    @users.on_startup
    async def warm() -> None:
        await fill()
    """

    assert read(text).body == (
        "Run a function first.\n\n"
        "```python\n@users.on_startup\nasync def warm() -> None:\n    await fill()\n```"
    )


def test_a_section_holds_what_each_name_means() -> None:
    text = """A thing.

    Args:
        name: one word,
            or two.
        first, second: a pair: both.

    Raises:
        NotFound: there is none.
    """

    assert read(text) == Docstring(
        body="A thing.",
        sections={
            "Args": {
                "name": "one word, or two.",
                "first": "a pair: both.",
                "second": "a pair: both.",
            },
            "Raises": {"NotFound": "there is none."},
        },
    )
