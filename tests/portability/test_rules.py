"""Where the rules' findings stand, what they say, and what they leave alone."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.kinds.subscription import Retry
from infragraph.model.graph import Property
from infragraph.portability.checks.example import application
from infragraph.portability.checks.retries import total_backoff
from infragraph.portability.delivery import is_fifo, is_pulled
from infragraph.portability.filters import Conditions, combinations, pubsub_filter
from infragraph.portability.schema import largest
from tests.compiling import compiled, diagnostics


def placed(files: Mapping[str, str], found: Diagnostic) -> tuple[str, str]:
    """A finding's code, and the text that it stands at."""
    line = files[found.span.path].split("\n")[found.span.line - 1]
    return found.code, line[found.span.column - 1 : found.span.end_column - 1]


def told(files: Mapping[str, str], *targets: str) -> list[tuple[str, str]]:
    return [placed(files, found) for found in diagnostics(files, *targets)]


def subscribed(options: str, **parts: str) -> Mapping[str, str]:
    call = f'shop.subscribe(orders, "ship", {options})'
    return application("aws", imports="Retry, Service, Topic", subscription=call, **parts)


def test_without_a_target_nothing_is_held_against_an_application() -> None:
    assert diagnostics(subscribed('ack_deadline="24h"')) == ()


def test_each_chosen_target_is_told_by_its_name() -> None:
    files = subscribed('ack_deadline="24h", retention="40d"')

    found = diagnostics(files, "aws", "gcp", "nats", "nsq")

    assert [(*placed(files, one), one.message) for one in found] == [
        (
            "IG4003",
            '"24h"',
            (
                "subscription 'ship' has an ack deadline of 1 d, so that on Google Cloud it is "
                "pulled by a worker pool"
            ),
        ),
        (
            "IG4004",
            '"24h"',
            "subscription 'ship' has an ack deadline of 1 d, and AWS waits 12 h at most",
        ),
        (
            "IG4005",
            '"24h"',
            "subscription 'ship' has an ack deadline of 1 d, and on NSQ it is 15 min",
        ),
        (
            "IG4008",
            '"40d"',
            "subscription 'ship' keeps messages for 40 d, and AWS for at most 14 d",
        ),
        (
            "IG4008",
            '"40d"',
            "subscription 'ship' keeps messages for 40 d, and Google Cloud for at most 31 d",
        ),
    ]


def test_a_finding_says_what_is_allowed_and_who_says_so() -> None:
    (found,) = diagnostics(subscribed("retry=Retry(max_attempts=3)"), "gcp")

    assert (found.message, found.help) == (
        "subscription 'ship' has 3 attempts, and Google Cloud makes at least 5",
        (
            "write 5 or more: see https://cloud.google.com/pubsub/docs/reference/rest/v1/"
            "projects.subscriptions (read 2026-11-25)"
        ),
    )


def test_an_option_that_is_not_written_is_told_at_the_declaration() -> None:
    files = application("nats", topic='Topic[Order]("orders", ordering_key="customer")')

    assert told(files, "nats") == [("IG4014", 'shop.subscribe(orders, "ship")')]


def test_an_option_inside_of_another_is_told_where_it_is_written() -> None:
    files = subscribed('retry=Retry(max_attempts=2, max_backoff="1h")')

    assert told(files, "gcp") == [("IG4006", "2"), ("IG4007", '"1h"')]


def test_an_option_of_a_shared_object_is_told_where_that_is_given() -> None:
    files = subscribed("retry=PATIENT")
    text = files["shop.py"].replace(
        'shop = Service("shop")', 'shop = Service("shop")\nPATIENT = Retry(max_attempts=200)'
    )

    assert told({"shop.py": text}, "gcp") == [("IG4006", "PATIENT")]


def test_a_message_that_is_dropped_before_its_last_attempt_is_told_at_its_retries() -> None:
    files = subscribed('retry=Retry(max_attempts=9), retention="20m"')

    (found,) = diagnostics(files, "aws")

    assert placed(files, found) == ("IG4007", "Retry(max_attempts=9)")
    assert found.message == (
        "subscription 'ship' waits 30.5 min in all before its last attempt, and AWS drops a "
        "message after its retention of 20 min"
    )
    assert [one.text for one in found.labels] == ["it is kept for so long"]


def test_the_retries_that_nobody_wrote_are_told_at_the_retention() -> None:
    assert told(subscribed('retention="2m"'), "aws") == [("IG4007", '"2m"')]


def test_without_dead_letters_any_number_of_attempts_is_made() -> None:
    files = subscribed("dead_letter=False, retry=Retry(max_attempts=3)")

    assert told(files, "gcp") == [("IG4041", "False")]


def test_a_topic_of_others_keeps_its_messages_as_they_like() -> None:
    files = application("aws", topic='Topic[Order]("orders", retention="90d", external=True)')

    assert told(files, "aws") == []


def test_what_is_not_known_is_held_against_nobody() -> None:
    files = subscribed("ack_deadline=anything()")

    assert [code for code, _ in told(files, "aws")] == ["IG2001"]


def test_the_two_reasons_for_a_worker_pool_are_one_finding() -> None:
    files = subscribed('ack_deadline="20m", concurrency=3')

    (found,) = diagnostics(files, "gcp")

    assert placed(files, found) == ("IG4003", '"20m"')
    assert [label.text for label in found.labels] == ["this asks for a worker pool, too"]


@pytest.mark.parametrize(
    ("topic", "options", "fifo", "pulled"),
    [
        ("", "", False, False),
        ('ordering_key="customer"', "", True, False),
        ('delivery="exactly-once"', "", True, True),
        ("", "concurrency=10", False, False),
        ("", "concurrency=11", False, True),
        ("", 'ack_deadline="600s"', False, False),
        ("", 'ack_deadline="601s"', False, True),
    ],
)
def test_how_messages_travel_is_told_by_nodes_alone(
    topic: str, options: str, *, fifo: bool, pulled: bool
) -> None:
    graph, _ = compiled(subscribed(options, topic=f'Topic[Order]("orders", {topic})'))
    nodes = {node.kind: node for node in graph.nodes}

    assert is_fifo(nodes["topic"]) == fifo
    assert is_pulled(nodes["topic"], nodes["subscription"]) == pulled


@given(attempts=st.integers(1, 300), least=st.integers(0, 900), more=st.integers(0, 4000))
def test_waits_double_up_to_the_longest(attempts: int, least: int, more: int) -> None:
    retry = Retry(max_attempts=attempts, min_backoff=least, max_backoff=least + more)

    waits = [min(least * 2**number, least + more) for number in range(attempts - 1)]

    assert total_backoff(retry) == sum(waits)
    assert total_backoff(replace(retry, max_attempts=10**15)) is not None


@pytest.mark.parametrize(
    ("conditions", "text", "count"),
    [
        ({"country": ["NL"]}, 'attributes.country = "NL"', 1),
        ({"country": ["NL", "BE"]}, 'attributes.country = "NL" OR attributes.country = "BE"', 2),
        (
            {"tier": ["gold"], "country": ["NL", "BE"]},
            '(attributes.country = "NL" OR attributes.country = "BE") AND attributes.tier = "gold"',
            2,
        ),
        ({"said": ['"\\']}, 'attributes.said = "\\"\\\\"', 1),
    ],
)
def test_a_filter_is_written_as_pubsub_reads_it(
    conditions: Conditions, text: str, count: int
) -> None:
    assert pubsub_filter(conditions) == text
    assert combinations(conditions) == count


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "maxLength": 9}, "x" * 9),
        ({"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 2}}, ["xx"] * 3),
        (
            {
                "type": "object",
                "properties": {
                    "name": {"$ref": "#/payloads/Name"},
                    "tags": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 7}]},
                },
            },
            {"name": {"first": "xxxx"}, "tags": "x" * 7},
        ),
    ],
)
def test_the_largest_value_that_bounds_allow_is_measured_as_json(
    schema: Mapping[str, Property], value: object
) -> None:
    named: Mapping[str, Property] = {
        "type": "object",
        "properties": {"first": {"type": "string", "maxLength": 4}},
    }

    assert largest(schema, {"Name": named}) == len(json.dumps(value, separators=(",", ":")))


def test_a_payload_that_holds_itself_has_an_end() -> None:
    tree: Mapping[str, Property] = {
        "type": "object",
        "properties": {
            "left": {"$ref": "#/payloads/Tree"},
            "right": {"$ref": "#/payloads/Tree"},
        },
    }

    assert largest(tree, {"Tree": tree}) > 0
