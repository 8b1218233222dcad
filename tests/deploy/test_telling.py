"""Plans as text and as Markdown."""

import pytest

from infragraph.deploy.changes import Action, Change, PropertyChange, ordered
from infragraph.deploy.telling import markdown, summary, text

CHANGES = ordered(
    (
        Change(action=Action.ADD, id="OrdersQueue", type="AWS::SQS::Queue"),
        Change(
            action=Action.REPLACE,
            id="PlacedTopic",
            type="AWS::SNS::Topic",
            properties=(PropertyChange(path="FifoTopic", before="false", after="true"),),
        ),
        Change(action=Action.REMOVE, id="Photos", type="AWS::S3::Bucket", stays=True),
        Change(
            action=Action.MODIFY,
            id="OrdersRole",
            type="AWS::IAM::Role",
            grants=True,
            properties=(PropertyChange(path="Policies/0"),),
        ),
        Change(
            action=Action.MODIFY,
            id="OrdersTask",
            type="AWS::ECS::TaskDefinition",
            properties=(PropertyChange(path="ContainerDefinitions/0/Image", after="a`|<b>"),),
        ),
    )
)
LOST = [one for one in CHANGES if one.id in {"PlacedTopic", "Photos"}]


def test_plan_tells_permissions_apart_and_what_is_lost() -> None:
    assert (
        text("shop-prod", CHANGES, LOST)
        == """\
shop-prod: 1 added, 2 changed, 1 replaced, 1 removed

Additions (1)
  + AWS::SQS::Queue OrdersQueue

Changes (1)
  ~ AWS::ECS::TaskDefinition OrdersTask
      ContainerDefinitions/0/Image: nothing → a`|<b>

Replacements (1)
  ± AWS::SNS::Topic PlacedTopic   !! state is lost
      FifoTopic: false → true

Removals (1)
  - AWS::S3::Bucket Photos   !! state is lost   the thing itself stays

Permissions (1)
  ~ AWS::IAM::Role OrdersRole
      Policies/0
"""
    )


def test_plan_for_a_pull_request_carries_no_mark_of_a_value_out() -> None:
    shown = markdown("shop-prod", CHANGES, LOST)

    assert "| ~ | <code>AWS::ECS::TaskDefinition</code> | <code>OrdersTask</code> | " in shown
    assert "<code>a&#96;&#124;&lt;b&gt;</code>" in shown
    assert shown.count("**state is lost**") == 2
    assert [line for line in shown.splitlines() if line.startswith("**")] == [
        "**Changes (1)**",
        "**Replacements (1)**",
        "**Removals (1)**",
        "**Permissions (1)**",
    ]


@pytest.mark.parametrize("value", ["\x1b[2J", "a\nb", "\u202egnp"])
def test_values_do_not_steer_a_terminal(value: str) -> None:
    change = Change(
        action=Action.MODIFY,
        id="T",
        type="AWS::SNS::Topic",
        properties=(PropertyChange(path="DisplayName", before=value, after="x"),),
    )

    lines = text("s", (change,), ()).split("\n")

    assert len(lines) == 6
    assert all(line.isprintable() for line in lines)


def test_nothing_to_change_is_said() -> None:
    assert summary(()) == "nothing changes"
    assert text("shop-prod", (), ()) == "shop-prod: nothing changes\n"
