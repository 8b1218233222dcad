"""Changes as CloudFormation describes them."""

from typing import Any

import pytest

from infragraph.deploy.aws.change_sets import change
from infragraph.deploy.changes import Action, Change, PropertyChange


def described(**given: Any) -> Change:
    return change({"LogicalResourceId": "PlacedTopic", "ResourceType": "AWS::SNS::Topic", **given})


@pytest.mark.parametrize(
    ("given", "action"),
    [
        ({"Action": "Add"}, Action.ADD),
        ({"Action": "Import"}, Action.ADD),
        ({"Action": "Remove"}, Action.REMOVE),
        ({"Action": "Modify", "Replacement": "False"}, Action.MODIFY),
        ({"Action": "Modify", "Replacement": "Conditional"}, Action.MAY_REPLACE),
        ({"Action": "Modify", "Replacement": "True"}, Action.REPLACE),
        ({"Action": "Dynamic"}, Action.MAY_REPLACE),
    ],
)
def test_action_of_a_change(given: dict[str, str], action: Action) -> None:
    assert described(**given) == Change(action=action, id="PlacedTopic", type="AWS::SNS::Topic")


def test_properties_are_told_once_with_their_values() -> None:
    found = described(
        Action="Modify",
        Replacement="False",
        PhysicalResourceId="arn",
        Details=[
            {"Target": {"Attribute": "Properties", "Name": "Tags"}, "CausingEntity": "Tag"},
            {"Target": {"Attribute": "Metadata"}},
            {
                "Target": {
                    "Attribute": "Properties",
                    "Name": "Tags",
                    "Path": "/Properties/Tags/0/Value",
                    "BeforeValue": "a",
                    "AfterValue": "b",
                }
            },
        ],
    )

    assert found == Change(
        action=Action.MODIFY,
        id="PlacedTopic",
        type="AWS::SNS::Topic",
        physical="arn",
        properties=(
            PropertyChange(path="Metadata"),
            PropertyChange(path="Tags"),
            PropertyChange(path="Tags/0/Value", before="a", after="b"),
        ),
    )


def test_removal_of_what_is_retained_leaves_the_thing() -> None:
    assert described(Action="Remove", PolicyAction="Retain").stays
    assert not described(Action="Remove", PolicyAction="Delete").stays


def test_policies_say_who_may_do_what() -> None:
    assert described(Action="Add", ResourceType="AWS::IAM::Role").grants
    assert described(Action="Add", ResourceType="AWS::SQS::QueuePolicy").grants
    assert not described(Action="Add", ResourceType="AWS::SQS::Queue").grants
