"""Who is let in: every combination of what a browser says, against a table of those that may."""

from collections.abc import Sequence
from itertools import product

import pytest

from infragraph.local.dashboard.admission import Asked, refusal

PORT = 9400
HOSTS = {
    "127.0.0.1:9400": True,
    "localhost:9400": True,
    "[::1]:9400": True,
    "shop.localhost:9400": True,
    "localhost": False,
    "127.0.0.1:4000": False,
    "127.0.0.1": False,
    "attacker.example:9400": False,
    "localhost.attacker.example:9400": False,
    "127.0.0.1.attacker.example:9400": False,
    "127.0.0.2:9400": False,
    "0.0.0.0:9400": False,
    "2130706433:9400": False,
    "evil@localhost:9400": False,
    "LOCALHOST:9400": False,
    "": False,
}
OTHERS = (
    "null",
    "https://127.0.0.1:9400",
    "http://127.0.0.1:4000",
    "http://127.0.0.1",
    "http://localhost.attacker.example:9400",
    "https://attacker.example",
    "http://shop.localhost:9400.attacker.example",
    "",
)
SITES = (None, "same-origin", "none", "same-site", "cross-site", "something-new")
KINDS = ("page", "read", "write")
PAGE = "/"


def asked(  # noqa: PLR0913 - what a request may hold
    kind: str,
    host: str = "127.0.0.1:9400",
    origin: str | None = None,
    site: str | None = None,
    *,
    cookie: bool = False,
    bearer: bool = False,
    **others: Sequence[str],
) -> Asked:
    headers: dict[str, Sequence[str]] = {"host": [host]}
    if origin is not None:
        headers["origin"] = [origin]
    if site is not None:
        headers["sec-fetch-site"] = [site]
    if kind == "write":
        headers["content-type"] = ["application/json"]
        headers["x-infragraph-dashboard"] = ["1"]
    headers.update({name.replace("_", "-"): it for name, it in others.items()})
    return Asked(
        method="POST" if kind == "write" else "GET",
        path=PAGE if kind == "page" else "/api/traces",
        headers=headers,
        has_cookie=cookie,
        has_bearer=bearer,
    )


def test_only_these_combinations_pass() -> None:
    """16 hosts, 10 origins, 6 sites, 3 kinds of request, with a cookie, a token, or neither."""
    for host, site, kind in product(HOSTS, SITES, KINDS):
        same = f"http://{host}"
        for origin in (None, same, *OTHERS):
            is_from_here = HOSTS[host] and site in (None, "same-origin", "none")
            names_itself = origin == same
            is_of_page = is_from_here and (
                names_itself or (origin is None and site is not None and kind != "write")
            )
            is_of_program = is_from_here and (names_itself or origin is None)
            where = (host, origin, site, kind)
            with_cookie = refusal(asked(kind, host, origin, site, cookie=True), PORT)
            with_bearer = refusal(asked(kind, host, origin, site, bearer=True), PORT)
            assert (with_cookie is None) == is_of_page, where
            assert (with_bearer is None) == is_of_program, where
            assert refusal(asked(kind, host, origin, site), PORT) is not None, where


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"content_type": ["text/plain"]}, 415),
        ({"content_type": ["application/x-www-form-urlencoded"]}, 415),
        ({"content_type": ["multipart/form-data"]}, 415),
        ({"content_type": []}, 415),
        ({"content_type": ["application/json", "text/plain"]}, 415),
        ({"x_infragraph_dashboard": []}, 403),
        ({"x_infragraph_dashboard": [""]}, 403),
        ({"host": ["127.0.0.1:9400", "attacker.example"]}, 421),
        ({"host": []}, 421),
        ({"origin": ["http://127.0.0.1:9400", "https://attacker.example"]}, 403),
    ],
)
def test_what_changes_state_needs_all_that_no_form_can_send(
    changed: dict[str, list[str]], status: int
) -> None:
    own = "http://127.0.0.1:9400"

    for is_page in (True, False):
        good = asked("write", origin=own, site="same-origin", cookie=is_page, bearer=not is_page)
        bad = Asked(
            method="POST",
            path=good.path,
            headers={
                **good.headers,
                **{name.replace("_", "-"): it for name, it in changed.items()},
            },
            has_cookie=good.has_cookie,
            has_bearer=good.has_bearer,
        )
        refused = refusal(bad, PORT)
        assert refusal(good, PORT) is None
        assert refused is not None
        assert refused.status == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused_and_so_is_every_preflight(method: str) -> None:
    given = asked("read", site="same-origin", cookie=True)
    other = Asked(
        method=method,
        path=given.path,
        headers={**given.headers, "origin": ["http://127.0.0.1:9400"]},
        has_cookie=True,
        has_bearer=True,
    )

    refused = refusal(other, PORT)

    assert refused is not None
    assert refused.status == 405
