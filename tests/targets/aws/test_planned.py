"""The sum of the pieces of a plan."""

import pytest

from infragraph.model.plan import PlannedResource
from infragraph.targets.aws.planned import NOTHING, Planned, summed

TOPIC = PlannedResource(address="OrdersTopic", type="AWS::SNS::Topic", properties={}, layer="data")
QUEUE = PlannedResource(address="ShipQueue", type="AWS::SQS::Queue", properties={}, layer="ship")


def test_a_sum_holds_all_pieces_in_their_order() -> None:
    topic = Planned(resources=(TOPIC,), addresses={"topic:orders": {"fifo": False}})
    queue = Planned(resources=(QUEUE,), outputs={"Queue": "ship"})

    assert summed([topic, NOTHING, queue]) == Planned(
        resources=(TOPIC, QUEUE),
        addresses={"topic:orders": {"fifo": False}},
        outputs={"Queue": "ship"},
    )


def test_one_node_with_two_addresses_is_a_bug() -> None:
    topic = Planned(addresses={"topic:orders": {"fifo": False}})

    with pytest.raises(AssertionError):
        summed([topic, topic])
