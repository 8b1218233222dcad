"""The rules of a listener against what the routes say, as a load balancer would read both."""

import re
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.model.source import SourceSpan
from infragraph.targets.aws.load_balancer_patterns import meet
from infragraph.targets.aws.load_balancer_routes import Route, route_of
from infragraph.targets.aws.load_balancer_rules import (
    MOST_VALUES,
    MOST_WILDCARDS,
    Rule,
    fault,
    rules,
)

SPAN = SourceSpan(path="app.py", line=1, column=1, end_line=1, end_column=2)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WORDS = ("a", "b", "a-b")


def _path(middle: list[str], end: list[str]) -> str:
    return "/" + "/".join([*middle, *end])


parts = st.sampled_from([*WORDS, "{id}"])
ends = st.sampled_from([list[str](), ["{rest:path}"]])
paths = st.builds(_path, st.lists(parts, max_size=3), ends)


@st.composite
def applications(draw: st.DrawFn) -> tuple[Route, ...]:
    """Routes of which no two have the same method and shape, as an application's."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["one", "two", "three"]),
                paths,
                st.sampled_from(METHODS),
                st.booleans(),
            ),
            max_size=9,
            unique_by=lambda it: (it[1], it[2]),
        )
    )
    return tuple(
        sorted(
            (
                route_of(service, path, frozenset({method}), is_private=hidden, span=SPAN)
                for service, path, method, hidden in drawn
            ),
            key=lambda it: (it.order, it.regex, it.service, sorted(it.methods or ())),
        )
    )


@given(applications(), st.data())
def test_a_request_gets_where_the_first_route_that_takes_it_leads(
    known: tuple[Route, ...], data: st.DataObject
) -> None:
    if not known:
        assert rules(known) == ()
        return
    route = data.draw(st.sampled_from(known))
    path = re.sub(r"\{[^{}]*:path\}", "x/y", route.path).replace("{id}", "x")
    method = data.draw(st.sampled_from([*METHODS, *(route.methods or ())]))

    asked = _asked(rules(known), method, path)

    taking = [it for it in known if re.fullmatch(it.regex, path) and method in (it.methods or ())]
    if taking:
        assert asked == (None if taking[0].is_private else taking[0].service)
    else:
        # Nobody serves it: it may reach a service of the same paths, which says so itself.
        assert asked in {None, *(it.service for it in known if not it.is_private)}


@given(applications())
def test_rules_stay_within_what_a_rule_may_say(known: tuple[Route, ...]) -> None:
    found = rules(known)

    assert len({rule.priority for rule in found}) == len(found)
    assert all(1 <= rule.priority <= 50_000 for rule in found)
    for rule in found:
        assert 1 <= len(rule.patterns) + len(rule.regexes) <= MOST_VALUES
        assert len(rule.methods) <= MOST_VALUES
        assert len(rule.patterns) + len(rule.regexes) + len(rule.methods) + 1 <= 5
        assert sum(it.count("*") for it in rule.patterns) <= MOST_WILDCARDS


@given(paths, paths)
def test_patterns_meet_where_a_path_matches_both(one: str, other: str) -> None:
    first, second = (re.sub(r"\{[^{}]*\}", "*", it) for it in (one, other))
    texts = {first.replace("*", middle) for middle in ("a", "b", "a-b", "a/b", "a/a", "a/b/a")}

    if any(re.fullmatch(translate(second), text) for text in texts):
        assert meet(first, second)
    assert meet(first, second) == meet(second, first)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("/orders", "/orders", True),
        ("/orders", "/orders/", False),
        ("/orders/*", "/orders/paid", True),
        ("/*/a", "/b/*", True),
        ("/*/a", "/b/*/c", False),
        ("/a*", "/b*", False),
        ("/*", "/", True),
    ],
)
def test_whether_two_patterns_have_a_path_in_common(
    one: str, other: str, *, expected: bool
) -> None:
    assert meet(one, other) is expected


def test_paths_that_nobody_else_has_share_rules_of_three() -> None:
    known = _routes(
        ("users", "GET", "/users"),
        ("users", "POST", "/users"),
        ("users", "GET", "/users/{id}"),
        ("users", "GET", "/users/{id}/photo"),
        ("users", "POST", "/signup"),
        ("users", "POST", "/verify"),
    )

    assert [rule.patterns for rule in _by_pattern(rules(known))] == [
        ("/signup", "/users", "/users/*"),
        ("/verify",),
    ]


def test_a_path_beside_a_private_one_is_named_to_the_letter_with_its_method() -> None:
    known = (
        *_routes(("orders", "GET", "/orders/{id}")),
        route_of("orders", "/orders/paid", frozenset({"POST"}), is_private=True, span=SPAN),
    )

    found = rules(known)

    assert [(rule.methods, rule.regexes, rule.patterns) for rule in found] == [
        (("GET", "HEAD"), (r"^/orders/[^/]+$",), ())
    ]


def test_a_private_path_within_a_public_one_is_closed_first() -> None:
    known = (
        route_of("orders", "/orders/all", frozenset({"GET"}), is_private=True, span=SPAN),
        *_routes(("orders", "GET", "/orders/{id}")),
    )

    assert [(rule.regexes, rule.is_closed) for rule in rules(known)] == [
        ((r"^/orders/all$",), True),
        ((r"^/orders/[^/]+$",), False),
    ]


def test_a_rule_keeps_its_priority_when_a_service_is_added() -> None:
    before = _routes(("users", "GET", "/users/{id}"), ("orders", "GET", "/orders"))
    after = (*before, *_routes(("photos", "GET", "/photos"), ("users2", "GET", "/users/me")))

    kept = {rule.digest: rule.priority for rule in rules(before)}
    now = {rule.digest: rule.priority for rule in rules(after)}

    assert {digest: now[digest] for digest in kept if digest in now} == {
        digest: priority for digest, priority in kept.items() if digest in now
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/orders/{id}", None),
        ("/café", "it has characters that a load balancer's rules do not take"),
        ("/a*b", "it has characters that a load balancer's rules do not take"),
        ("/" + "a" * 127, "a load balancer's rules take 128 characters"),
        ("/" + "a" * 125, None),
        (
            "/".join(["", *(f"{{p{at}}}" for at in range(6))]),
            "a load balancer's rules take 5 parameters",
        ),
    ],
)
def test_what_no_rule_can_say(path: str, expected: str | None) -> None:
    route = route_of("orders", path, frozenset({"GET"}), is_private=False, span=SPAN)

    assert fault(route) == expected


def _routes(*written: tuple[str, str, str]) -> tuple[Route, ...]:
    return tuple(
        route_of(
            service,
            path,
            frozenset({"GET", "HEAD"} if method == "GET" else {method}),
            is_private=False,
            span=SPAN,
        )
        for service, method, path in written
    )


def _by_pattern(found: tuple[Rule, ...]) -> list[Rule]:
    return sorted(found, key=lambda rule: rule.patterns)


def _asked(found: tuple[Rule, ...], method: str, path: str) -> str | None:
    """As the load balancer reads its rules: the lowest priority first."""
    for rule in sorted(found, key=lambda it: it.priority):
        by_path = any(re.fullmatch(translate(it), path) for it in rule.patterns) or any(
            re.fullmatch(it, path) for it in rule.regexes
        )
        if by_path and (not rule.methods or method in rule.methods):
            return None if rule.is_closed else rule.service
    return None
