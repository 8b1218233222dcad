"""Values of a plan in the words of CloudFormation."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.formats.cloudformation.template import template, text
from infragraph.formats.cloudformation.values import written
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    PlannedParameter,
    PlannedResource,
    PlanValue,
    Retention,
)
from tests.formats.strange import HOSTILE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Attribute(address="Topic"), {"Ref": "Topic"}),
        (Attribute(address="Queue", name="Arn"), {"Fn::GetAtt": ["Queue", "Arn"]}),
        (Parameter(name="AWS::Region"), {"Ref": "AWS::Region"}),
        (
            Joined(parts=("a-", Attribute(address="Queue", name="Arn"), "/*")),
            {"Fn::Join": ["", ["a-", {"Fn::GetAtt": ["Queue", "Arn"]}, "/*"]]},
        ),
        ((1, True, None, {"a": ("b",)}), [1, True, None, {"a": ["b"]}]),
    ],
)
def test_what_is_known_later_is_an_intrinsic_function(value: PlanValue, expected: object) -> None:
    assert written(value) == expected


@pytest.mark.parametrize(
    ("type_", "retention", "expected"),
    [
        ("AWS::SQS::Queue", Retention.DELETE, None),
        ("AWS::SQS::Queue", Retention.RETAIN, "Retain"),
        ("AWS::RDS::DBInstance", Retention.SNAPSHOT, "Snapshot"),
        # CloudFormation would take a snapshot by itself.
        ("AWS::RDS::DBInstance", Retention.DELETE, "Delete"),
    ],
)
def test_what_is_kept_is_kept_by_both_policies(
    type_: str, retention: Retention, expected: str | None
) -> None:
    resource = PlannedResource(
        address="It", type=type_, properties={}, layer="data", retention=retention
    )

    found = _document(resource)["Resources"]["It"]

    assert (found.get("DeletionPolicy"), found.get("UpdateReplacePolicy")) == (expected, expected)


def test_a_template_has_no_section_and_no_member_without_a_content() -> None:
    resource = PlannedResource(address="It", type="AWS::SNS::Topic", properties={}, layer="data")

    assert _document(resource) == {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "a test",
        "Resources": {"It": {"Type": "AWS::SNS::Topic"}},
    }


def test_parameters_have_patterns_and_those_of_other_stacks_come_from_ssm() -> None:
    parameter = PlannedParameter(name="Digest", description="the image", pattern="^sha256:.*$")

    document = template(
        "a test",
        parameters=(parameter,),
        given={"TopicRefGiven": "/infragraph/shop/prod/Topic"},
        resources=(),
        outputs={},
    )

    assert document["Parameters"] == {
        "Digest": {
            "Type": "String",
            "Description": "the image",
            "AllowedPattern": "^sha256:.*$",
        },
        "TopicRefGiven": {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": "/infragraph/shop/prod/Topic",
        },
    }


@given(st.dictionaries(st.sampled_from(("a", "b")), st.sampled_from(HOSTILE) | st.text()))
def test_any_text_is_read_back_as_it_was_and_nothing_else_changes(
    properties: dict[str, str],
) -> None:
    resource = PlannedResource(
        address="It", type="AWS::SNS::Topic", properties={**properties, "c": "fixed"}, layer="data"
    )

    found = _document(resource)["Resources"]["It"]["Properties"]

    assert found == {**properties, "c": "fixed"}


def _document(resource: PlannedResource) -> dict[str, dict[str, dict[str, object]]]:
    document = template("a test", parameters=(), given={}, resources=(resource,), outputs={})
    found: dict[str, dict[str, dict[str, object]]] = json.loads(text(document))
    return found
