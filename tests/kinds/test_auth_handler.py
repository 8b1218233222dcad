import pytest

from tests.kinds.reading import findings


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("async def who(request) -> Order: ...", []),
        ("async def who(request, retries: int = 1) -> Order: ...", []),
        ("async def who() -> Order: ...", [("IG2404", "who")]),
        ("async def who(request, token) -> Order: ...", [("IG2404", "who")]),
        ("async def who(request): ...", [("IG2405", "who")]),
        ("async def who(request) -> None: ...", [("IG2405", "who")]),
        ("def who(request) -> Order: ...", [("IG2406", "who")]),
        ("async def who(request) -> Order:\n    yield", [("IG2014", "who")]),
        ("class Who: ...", [("IG2013", "Who")]),
    ],
)
def test_an_auth_handler_turns_a_request_into_an_identity(
    handler: str, found: list[tuple[str, str]]
) -> None:
    assert findings(f"@shop.auth_handler\n{handler}\n") == found


def test_every_auth_handler_but_the_first_is_found() -> None:
    text = "".join(
        f"@shop.auth_handler\nasync def by_{way}(request) -> Order: ...\n"
        for way in ("key", "token", "cookie")
    )

    assert findings(text) == [("IG2403", "shop.auth_handler")] * 2
