import pytest

from infragraph.kinds.path import Path, PathFault, PathParameter, parsed

ID = PathParameter(name="id", takes_rest=False)


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/", ("",)),
        ("/users", ("users",)),
        ("/users/", ("users", "")),
        ("/users/{id}", ("users", ID)),
        ("/users/{id}/", ("users", ID, "")),
        ("/{id}/a.b-c_d~e", (ID, "a.b-c_d~e")),
        ("/files/{rest:path}", ("files", PathParameter(name="rest", takes_rest=True))),
        ("/.well-known/jwks.json", (".well-known", "jwks.json")),
        ("/straße", ("straße",)),
    ],
)
def test_a_path_is_taken_apart(path: str, parts: tuple[str | PathParameter, ...]) -> None:
    assert parsed(path) == Path(parts=parts)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "users",
        "//users",
        "/users//1",
        "/users/../admin",
        "/./users",
        "/users?active=1",
        "/users#top",
        "/a b",
        "/a\\b",
        "/a%20b",
        "/users/{id",
        "/users/id}",
        "/users/{}",
        "/users/{{id}}",
        "/users/{id}.json",
        "/users/a{id}",
        "/users/{user-id}",
        "/users/{class}",
        "/users/{1}",
        "/users/{id:int}",
        "/users/{id:}",
        "/{rest:path}/more",
        "/{rest:path}/",
    ],
)
def test_what_no_request_could_match_is_a_fault(path: str) -> None:
    assert isinstance(parsed(path), PathFault)


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        ("/a/{x}", "/a/{y}", True),
        ("/a/{x:path}", "/a/{y:path}", True),
        ("/a/{x}", "/a/{x:path}", False),
        ("/a/{x}", "/a/x", False),
        ("/a", "/a/", False),
        ("/a/{x}", "/{x}/a", False),
        ("/True", "/{x:path}", False),
    ],
)
def test_paths_have_one_shape_where_only_names_of_parameters_differ(
    one: str,
    other: str,
    are_equal: bool,  # noqa: FBT001
) -> None:
    shapes = [path.shape for path in (parsed(one), parsed(other)) if isinstance(path, Path)]

    assert (shapes[0] == shapes[1]) is are_equal
