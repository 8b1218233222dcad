"""Every limit that source can break is broken by one, and met exactly."""

import re
from collections.abc import Iterator

import pytest

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.portability.checks import RULE_PROBLEMS
from infragraph.portability.limits import ALL_PROVIDERS
from infragraph.portability.limits.limit import Limit, Trait, cited, duration, size
from infragraph.portability.plans import PLAN_PROBLEMS
from tests.compiling import compiled
from tests.portability.planted import PLANTED, Files, Planted

OF_PLANS = {problem.code for problem in PLAN_PROBLEMS}
OF_RULES = {problem.code for problem in RULE_PROBLEMS}

WITHOUT_FACT = {
    "IG4016": "two options of the application contradict each other",
    "IG4019": "it is the lack of a bound",
    "IG4041": "it is the application's own choice",
}
"""Problems that stand for no single fact about a provider, whose examples plant them."""


def facts() -> Iterator[Limit | Trait]:
    for provider in ALL_PROVIDERS:
        yield from provider.limits
        yield from provider.traits


def findings(files: Files, target: str) -> tuple[Diagnostic, ...]:
    (name,) = re.findall(r"^application: (\S+)$", files["infragraph.yaml"], re.MULTILINE)
    return compiled(files, application=name, targets=(target,))[1]


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_one_more_than_is_allowed_is_one_finding(planted: Planted) -> None:
    (found,) = findings(planted.beyond, planted.target)

    assert found.code == planted.fact.code
    assert cited(planted.fact) in found.help


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_what_is_allowed_is_no_finding(planted: Planted) -> None:
    if planted.within is None:
        assert planted.fact.provider == "SNS and SQS", "another limit is met before"
        return
    assert findings(planted.within, planted.target) == ()


def test_every_limit_is_planted_or_tells_why_no_source_can_break_it() -> None:
    planted = {(one.fact.provider, one.fact.name) for one in PLANTED}

    for fact in facts():
        is_planted = (fact.provider, fact.name) in planted
        assert bool(fact.code) != bool(fact.unchecked), fact
        assert is_planted == bool(fact.code and fact.code not in OF_PLANS), fact
    assert {fact.code for fact in facts() if fact.code} | WITHOUT_FACT.keys() == OF_RULES | {
        "IG4040"
    }


def test_every_limit_says_where_and_when_it_was_read() -> None:
    for fact in facts():
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", fact.read), fact
        assert fact.source.startswith("https://") == fact.verified, fact
        assert fact.verified or fact.unchecked, "what is not verified is held against nobody"


def test_no_provider_names_a_fact_twice() -> None:
    names = [(fact.provider, type(fact), fact.name) for fact in facts()]

    assert sorted(map(str, names)) == sorted(set(map(str, names)))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.25, "0.25 s"),
        (0.000001, "0.000001 s"),
        (59, "59 s"),
        (60, "1 min"),
        (90, "1.5 min"),
        (5_400, "1.5 h"),
        (43_200, "12 h"),
        (43_201, "43,201 s"),
        (1_209_600, "14 d"),
        (1_209_601, "1,209,601 s"),
    ],
)
def test_a_duration_is_told_exactly(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (8_192, "8 KiB"),
        (262_144, "256 KiB"),
        (262_145, "262,145 bytes"),
        (1_048_576, "1 MiB"),
        (10_000_000, "10 MB"),
    ],
)
def test_a_size_is_told_exactly(count: int, text: str) -> None:
    assert size(count) == text
