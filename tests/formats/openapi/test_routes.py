from infragraph.formats.openapi.routes import routes
from infragraph.model.graph import Node
from tests.formats.documents import node


def endpoint(name: str, path: str, method: str | None = "GET") -> Node:
    return node(f"endpoint:shop/{name}", {"path": path, "method": method})


def routed(*endpoints: Node) -> tuple[dict[str, str], dict[str, str]]:
    """Templates with methods, and the reasons of what is left out, by the endpoint's name."""
    found, omitted = routes(endpoints)
    return (
        {it.endpoint.name: f"{it.method} {it.template}" for it in found},
        {it.endpoint.name: it.reason for it in omitted},
    )


def test_a_parameter_that_takes_the_rest_is_one_of_the_template() -> None:
    found = routed(endpoint("file", "/files/{path:path}"), endpoint("root", "/", "POST"))

    assert found == ({"file": "get /files/{path}", "root": "post /"}, {})


def test_templates_that_differ_in_names_alone_are_one() -> None:
    found, omitted = routes([endpoint("a", "/a/{id}/b"), endpoint("b", "/a/{key}/b", "PUT")])

    assert [(it.template, dict(it.names)) for it in found] == [
        ("/a/{id}/b", {"id": "id"}),
        ("/a/{id}/b", {"key": "id"}),
    ]
    assert omitted == ()


def test_what_openapi_cannot_tell_apart_is_left_out_with_the_reason() -> None:
    found = routed(endpoint("all", "/files/{path:path}"), endpoint("one", "/files/{name}"))

    assert found == (
        {"one": "get /files/{name}"},
        {"all": "OpenAPI cannot tell its path from that of 'one' (GET /files/{name})"},
    )


def test_a_slash_at_the_end_makes_another_path() -> None:
    found = routed(endpoint("a", "/files"), endpoint("b", "/files/"))

    assert found == ({"a": "get /files", "b": "get /files/"}, {})


def test_what_is_not_known_is_told() -> None:
    unknown = node("endpoint:shop/c", {"path": None, "method": "GET"})

    assert routed(endpoint("a", "files"), endpoint("b", "/b", None), unknown) == (
        {},
        {
            "a": "its path is none of an endpoint",
            "b": "its method is not known",
            "c": "its path is not known",
        },
    )


def test_operations_are_sorted_by_path_and_method() -> None:
    found, _ = routes(
        [endpoint("a", "/b", "PATCH"), endpoint("b", "/b"), endpoint("c", "/a", "DELETE")]
    )

    assert [it.endpoint.name for it in found] == ["c", "b", "a"]
