"""Replacements that CloudFormation leaves open."""

from typing import Any

import pytest

from infragraph.deploy.aws.settling import settled

KEY: dict[str, Any] = {
    "Action": "Modify",
    "LogicalResourceId": "Key",
    "Replacement": "False",
    "Details": [],
}


def dependent(id_: str, **cause: str) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "Target": {"Attribute": "Properties", "Name": "KmsKeyId", "RequiresRecreation": "Always"},
        "Evaluation": "Dynamic",
        "ChangeSource": "ResourceAttribute",
        "CausingEntity": "Key.Arn",
        **cause,
    }
    return {
        "Action": "Modify",
        "LogicalResourceId": id_,
        "Replacement": "Conditional",
        "Details": [detail],
    }


def test_name_of_what_changes_in_place_replaces_nothing() -> None:
    by_reference = dependent("Log", ChangeSource="ResourceReference", CausingEntity="Key")

    assert settled([KEY, dependent("Database"), by_reference]) == {"Database", "Log"}


def test_names_are_followed_through_what_stays_itself() -> None:
    topic = dependent("Topic", ChangeSource="ResourceReference", CausingEntity="Database")

    assert settled([topic, dependent("Database"), KEY]) == {"Database", "Topic"}


@pytest.mark.parametrize("replacement", ["True", "Conditional"])
def test_name_of_what_may_be_replaced_replaces(replacement: str) -> None:
    key = {**KEY, "Replacement": replacement}

    assert settled([key, dependent("Database")]) == frozenset()


@pytest.mark.parametrize(
    "cause",
    [
        {"Evaluation": "Static"},
        {"ChangeSource": "DirectModification"},
        {"ChangeSource": "ParameterReference", "CausingEntity": "Size"},
        {"CausingEntity": "Key.Endpoint.Address"},
    ],
)
def test_what_is_no_name_may_replace(cause: dict[str, str]) -> None:
    assert settled([KEY, dependent("Database", **cause)]) == frozenset()


def test_two_that_wait_for_each_other_may_be_replaced() -> None:
    one = dependent("One", CausingEntity="Two.Arn")
    other = dependent("Two", CausingEntity="One.Arn")

    assert settled([one, other]) == frozenset()
