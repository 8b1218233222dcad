import pytest

from infragraph.runtime.http.paths import Paths, parts_of

PATHS = (
    "/",
    "/users",
    "/users/",
    "/users/me",
    "/users/{id}",
    "/users/{id}/orders/{order}",
    "/users/me/orders/last",
    "/files/{rest:path}",
    "/files/{name}/text",
    "/{rest:path}",
)


@pytest.fixture(scope="module")
def paths() -> Paths[str]:
    made: Paths[str] = Paths()
    for path in PATHS:
        made.add(path, path)
    return made


@pytest.mark.parametrize(
    ("path", "found", "values"),
    [
        ("/", "/", []),
        ("/users", "/users", []),
        ("/users/", "/users/", []),
        ("/users/me", "/users/me", []),
        ("/users/7", "/users/{id}", ["7"]),
        ("/users/7/orders/8", "/users/{id}/orders/{order}", ["7", "8"]),
        ("/users/me/orders/last", "/users/me/orders/last", []),
        ("/users/me/orders/8", "/users/{id}/orders/{order}", ["me", "8"]),
        ("/users/7/orders", "/{rest:path}", ["users/7/orders"]),
        ("/users//orders/8", "/{rest:path}", ["users//orders/8"]),
        ("/files/", "/files/{rest:path}", [""]),
        ("/files/a/b", "/files/{rest:path}", ["a/b"]),
        ("/files/a/text", "/files/{name}/text", ["a"]),
        ("/files/a/text/", "/files/{rest:path}", ["a/text/"]),
        ("/{id}", "/{rest:path}", ["{id}"]),
    ],
)
def test_the_most_specific_path_is_found(
    paths: Paths[str], path: str, found: str, values: list[str]
) -> None:
    assert paths.find(parts_of(path, None)) == (found, values)
    assert paths.constant(path) == (None if values or "{" in path else found)


def test_what_fits_nothing_is_not_found() -> None:
    paths: Paths[str] = Paths()
    paths.add("/users/{id}", "user")
    assert [paths.find(parts_of(it, None)) for it in ("/", "/users", "/users/", "/users/a/b")] == [
        None
    ] * 4


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (b"/a%2Fb/c", ["a/b", "c"]),
        (b"/%C3%A9t%C3%A9", ["été"]),
        (b"/100%25", ["100%"]),
        (b"/%FF", ["\N{REPLACEMENT CHARACTER}"]),
        (b"/a+b", ["a+b"]),
    ],
)
def test_parts_are_decoded_one_by_one(raw: bytes, parts: list[str]) -> None:
    assert parts_of(raw.decode(), raw) == parts
