"""Names on Google Cloud are legal, the same each time, and never two things' at once."""

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from infragraph.model.graph import InfraGraph, Node
from infragraph.model.source import SourceSpan
from infragraph.targets.gcp import names
from infragraph.targets.gcp.setting import Setting
from tests.targets.gcp.plans import PRODUCTION, environment

WORD = st.from_regex(r"[a-z][a-z0-9]{0,12}(-[a-z0-9]{1,9}){0,3}", fullmatch=True).filter(
    lambda it: len(it) <= 40
)
APPLICATION = st.one_of(WORD, st.text(min_size=1, max_size=30), st.just("google-shop"))
SECRET = st.from_regex(r"[A-Z][A-Z0-9_]{0,39}", fullmatch=True)

_RFC1035 = r"[a-z]([-a-z0-9]*[a-z0-9])?"
LEGAL = {
    "topic": r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}",
    "subscription": r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}",
    "dead letters": r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}",
    "audit": r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}",
    "service": rf"(?=.{{1,49}}$){_RFC1035}",
    "worker": rf"(?=.{{1,49}}$){_RFC1035}",
    "cron": r"[A-Za-z0-9_-]{1,500}",
    "account": r"(?=.{6,30}$)[a-z]([-a-z0-9]*[a-z0-9])",
    "own account": r"(?=.{6,30}$)[a-z]([-a-z0-9]*[a-z0-9])",
    "bucket": r"(?!goog)(?!.*google)[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]",
    "secret": r"[A-Za-z0-9_-]{1,255}",
    "instance": rf"(?=.{{1,63}}$){_RFC1035}",
    "network": rf"(?=.{{1,55}}$){_RFC1035}",
    "namespace": rf"(?=.{{1,63}}$){_RFC1035}",
}


def setting(application: str = "shop", name: str = "prod") -> Setting:
    graph = InfraGraph(application=application, nodes=(), edges=(), payloads={}, unresolved=())
    return Setting(graph=graph, environment=environment(graph, name=name))


def node(kind: str, name: str, topic: str = "") -> Node:
    return Node(
        id=f"{kind}:{topic}/{name}" if topic else f"{kind}:{name}",
        kind=kind,
        name=name,
        service=None,
        doc=None,
        symbol="",
        span=SourceSpan(path="a.py", line=1, column=1, end_line=1, end_column=2),
        properties={},
    )


def every(of: Setting, word: str, other: str, secret: str) -> dict[str, str]:
    subscription = node("subscription", other, topic=word)
    return {
        "topic": names.topic_name(of, node("topic", word)),
        "subscription": names.subscription_name(of, subscription),
        "dead letters": names.dead_letter_name(of, subscription),
        "audit": names.audit_name(of, node("topic", word)),
        "service": names.service_name(of, word),
        "worker": names.worker_name(of, word),
        "cron": names.schedule_name(of, node("cron", word), 2),
        "account": names.account_name(of, word),
        "own account": names.own_account_name(of, "database"),
        "bucket": names.bucket_name(of, word),
        "secret": names.secret_name(of, node("secret", secret)),
        "instance": names.instance_name(of),
        "network": names.network_name(of),
        "namespace": names.namespace(of),
    }


@given(APPLICATION, WORD, WORD, WORD, SECRET)
@example("a", "b", "c", "d", "A_")
@example("g", "oog", "x", "y", "A__B")
def test_every_name_is_legal(
    application: str, environment_: str, word: str, other: str, secret: str
) -> None:
    found = every(setting(application, environment_), word, other, secret)

    illegal = {what: it for what, it in found.items() if not re.fullmatch(LEGAL[what], it)}
    assert illegal == {}
    assert found == every(setting(application, environment_), word, other, secret)


Place = tuple[str, str, str, str]
PLACE = st.tuples(WORD, WORD, WORD, WORD)


def topics(place: Place) -> set[str]:
    """All names of topics that a subscription brings about."""
    of = setting(*place[:2])
    subscription = node("subscription", place[3], topic=place[2])
    return {
        names.topic_name(of, node("topic", place[2])),
        names.dead_letter_name(of, subscription),
    }


def subscriptions(place: Place) -> set[str]:
    of = setting(*place[:2])
    subscription = node("subscription", place[3], topic=place[2])
    return {
        names.subscription_name(of, subscription),
        names.dead_letter_name(of, subscription),
        names.audit_name(of, node("topic", place[2])),
    }


@pytest.mark.slow
@given(PLACE, PLACE)
@example(("shop", "prod", "a-b", "c"), ("shop", "prod", "a", "b-c"))
@example(("shop", "prod", "eu-x", "c"), ("shop", "prod-eu", "x", "c"))
@example(("shop-prod", "eu", "x", "c"), ("shop", "prod-eu", "x", "c"))
@example(("shop", "prod", "a", "b"), ("shop", "prod", "a-b-dlq", "b"))
@example(("shop", "prod", "a", "audit"), ("shop", "prod", "a", "audit-trail"))
def test_two_subscriptions_share_no_name(one: Place, other: Place) -> None:
    assume(one != other)
    same_topic = one[:3] == other[:3]
    shared = topics(one) & topics(other)

    own: set[str] = (
        {names.topic_name(setting(*one[:2]), node("topic", one[2]))} if same_topic else set[str]()
    )
    assert shared == own
    trail: set[str] = (
        {names.audit_name(setting(*one[:2]), node("topic", one[2]))} if same_topic else set[str]()
    )
    assert subscriptions(one) & subscriptions(other) == trail


SINGLE: dict[str, Callable[[Setting, str], str]] = {
    "service": names.service_name,
    "worker": names.worker_name,
    "account": names.account_name,
    "bucket": names.bucket_name,
    "database": names.declared_name,
    "cron": lambda of, word: names.schedule_name(of, node("cron", word), 1),
}


@pytest.mark.slow
@given(st.sampled_from(sorted(SINGLE)), st.tuples(WORD, WORD, WORD), st.tuples(WORD, WORD, WORD))
@example("account", ("shop", "prod", "eu-x"), ("shop", "prod-eu", "x"))
@example("service", ("a", "b", "x" * 40), ("a", "b", "x" * 39))
def test_two_things_of_a_kind_share_no_name(
    kind: str, one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assume(one != other)
    name = SINGLE[kind]

    assert name(setting(*one[:2]), one[2]) != name(setting(*other[:2]), other[2])


@given(WORD, WORD)
def test_schedules_of_one_cron_are_none_of_another(word: str, other: str) -> None:
    assume(word != other)
    of = setting()
    one = {names.schedule_name(of, node("cron", word), number) for number in (1, 2, 3)}
    two = {names.schedule_name(of, node("cron", other), number) for number in (1, 2, 3)}

    assert (len(one), len(two), one & two) == (3, 3, set())


@given(SECRET, SECRET)
@example("A_B", "A__B")
@example("A", "A_")
def test_two_secrets_share_no_name(one: str, other: str) -> None:
    assume(one != other)

    assert names.secret_name(setting(), node("secret", one)) != names.secret_name(
        setting(), node("secret", other)
    )


@given(WORD)
def test_an_account_of_google_s_own_callers_is_no_service_s(word: str) -> None:
    own = {names.own_account_name(setting(), purpose) for purpose in ("push", "cron", "database")}

    assert names.account_name(setting(), word) not in own


@given(APPLICATION, APPLICATION)
def test_two_applications_share_no_names(one: str, other: str) -> None:
    assume(one != other)

    assert names.namespace(setting(one)) != names.namespace(setting(other))


@given(st.text(max_size=200))
def test_a_label_holds_any_text(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{0,63}", names.label(text))


def test_names_in_production_read_as_they_are_declared() -> None:
    of = setting()

    assert every(of, "orders", "ship", "API_KEY") == {
        "topic": "shop-prod-orders",
        "subscription": "shop-prod-orders-ship",
        "dead letters": "shop--prod--orders--ship--dlq",
        "audit": "shop--prod--orders--audit--trail",
        "service": "shop-prod-orders",
        "worker": "shop-prod-orders-worker",
        "cron": "shop--prod--orders--2",
        "account": "shop-prod-orders",
        "own account": "shop--prod--database--0",
        "bucket": f"{PRODUCTION.project}--shop--prod--orders",
        "secret": "shop-prod-api-key",
        "instance": "shop-prod-main",
        "network": "shop-prod",
        "namespace": "shop-prod",
    }
