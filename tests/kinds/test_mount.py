import pytest

from tests.kinds.reading import findings

APPS = "from fastapi import FastAPI\n\napp = FastAPI()\n"


@pytest.mark.parametrize("path", ["/", "/admin", "/admin/", "/admin/v1", "/a-b_c.d"])
def test_a_mount_has_a_path(path: str) -> None:
    assert findings(f'{APPS}shop.mount("{path}", app)\n') == []


@pytest.mark.parametrize(
    "path",
    ["", "admin", "//", "/a//b", "/a b", "/{id}", "/a?b", "/a#b", "/../a", "/.", "https://a/b"],
)
def test_another_text_is_no_path(path: str) -> None:
    assert findings(f'{APPS}shop.mount("{path}", app)\n') == [("IG2407", f'"{path}"')]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/admin", "/admin"),
        ("/admin", "/admin/"),
        ("/admin", "/admin/users"),
        ("/admin/users", "/admin"),
        ("/", "/admin"),
    ],
)
def test_paths_of_which_one_begins_with_the_other_overlap(first: str, second: str) -> None:
    text = f'{APPS}shop.mount("{first}", app)\nshop.mount("{second}", app)\n'

    assert findings(text) == [("IG2408", f'"{second}"')]


def test_paths_that_only_begin_with_the_same_letters_do_not() -> None:
    text = f'{APPS}shop.mount("/admin", app)\nshop.mount("/administration", app)\n'

    assert findings(text) == []


@pytest.mark.parametrize(
    ("app", "found"),
    [
        ('"app"', [("IG2002", '"app"')]),
        ("None", [("IG2002", "None")]),
        ("orders", [("IG2002", "orders")]),
        ("FastAPI()", []),
        ("made_by_somebody()", []),
    ],
)
def test_what_is_mounted_is_an_application(app: str, found: list[tuple[str, str]]) -> None:
    assert findings(f'{APPS}shop.mount("/admin", {app})\n') == found


def test_the_largest_body_of_a_mount_is_a_size() -> None:
    assert findings(f'{APPS}shop.mount("/admin", app, body_limit="32MiB")\n') == []
    found = findings(f'{APPS}shop.mount("/admin", app, body_limit="32MB")\n')
    assert found == [("IG2011", '"32MB"')]
