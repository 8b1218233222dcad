import pytest

from tests.kinds.reading import findings


@pytest.mark.parametrize("decorator", ["on_startup", "on_shutdown"])
@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("async def it() -> None: ...", []),
        ("def it(limit: int = 1) -> None: ...", []),
        ("async def it(app) -> None: ...", [("IG2402", "app")]),
        ("async def it():\n    yield", [("IG2014", "it")]),
        ("class It: ...", [("IG2013", "It")]),
    ],
)
def test_a_hook_is_a_function_that_runs_without_arguments(
    decorator: str, handler: str, found: list[tuple[str, str]]
) -> None:
    assert findings(f"@shop.{decorator}\n{handler}\n") == found
