from typing import Any

import pytest

from infragraph.model.graph import Edge, InfraGraph, Property
from tests.formats.documents import documents, node

RETRY: Property = {"max_attempts": 7, "min_backoff": 1, "max_backoff": 2}
OPTIONS: dict[str, Property] = {
    "ack_deadline": 30,
    "retention": 86400,
    "retry": RETRY,
    "dead_letter": True,
}
PAYLOADS: dict[str, dict[str, Property]] = {
    "shop.Order": {"type": "object", "properties": {"id": {}, "a/b~c": {}}}
}
PAYLOAD: Property = {"$ref": "#/payloads/shop.Order"}


def made(target: str, topic: dict[str, Property], subscription: dict[str, Property]) -> Any:
    delivery = Edge(
        source="topic:orders",
        relation="delivers",
        target="subscription:orders/pack",
        properties={},
        evidence=(),
    )
    nodes = (
        node("subscription:orders/pack", {"topic": "orders", **subscription}),
        node("topic:orders", {"payload": PAYLOAD, **topic}),
    )
    graph = InfraGraph(
        application="app", nodes=nodes, edges=(delivery,), payloads=PAYLOADS, unresolved=()
    )
    return documents("asyncapi", graph, target=target)["asyncapi.yaml"]


def channel_bindings(target: str, **topic: Property) -> Any:
    return made(target, topic, OPTIONS)["channels"]["orders"].get("bindings")


def receive_bindings(topic: dict[str, Property] | None = None, **options: Property) -> Any:
    operations = made("aws", topic or {}, {**OPTIONS, **options})["operations"]
    return operations["subscription.orders.pack.receive"]["bindings"]


def test_a_topic_is_an_sns_topic() -> None:
    assert channel_bindings("aws") == {"sns": {"name": "orders", "bindingVersion": "0.1.0"}}


@pytest.mark.parametrize("option", [{"ordering_key": "id"}, {"delivery": "exactly-once"}])
def test_order_and_exactly_once_make_topic_and_queues_fifo(option: dict[str, Property]) -> None:
    (queue, dead) = receive_bindings(option)["sqs"]["queues"]

    assert channel_bindings("aws", **option)["sns"] == {
        "name": "orders.fifo",
        "ordering": {"type": "FIFO", "contentBasedDeduplication": False},
        "bindingVersion": "0.1.0",
    }
    assert queue == {
        "name": "orders_pack.fifo",
        "fifoQueue": True,
        "deduplicationScope": "messageGroup",
        "fifoThroughputLimit": "perMessageGroupId",
        "visibilityTimeout": 30,
        "messageRetentionPeriod": 86400,
        "redrivePolicy": {
            "deadLetterQueue": {"name": "orders_pack_dead-letters.fifo"},
            "maxReceiveCount": 7,
        },
    }
    assert (dead["name"], dead["fifoQueue"]) == ("orders_pack_dead-letters.fifo", True)


def test_a_topic_of_another_program_has_no_name_in_sns() -> None:
    assert channel_bindings("aws", external=True) is None


def test_a_subscription_is_a_queue_that_sns_fills() -> None:
    assert receive_bindings(filter={"country": ["NL", "BE"], "size": [3]}) == {
        "sns": {
            "consumers": [
                {
                    "protocol": "sqs",
                    "endpoint": {"name": "orders_pack"},
                    "filterPolicy": {"country": ["NL", "BE"], "size": ["3"]},
                    "filterPolicyScope": "MessageAttributes",
                    "rawMessageDelivery": True,
                    "redrivePolicy": {"deadLetterQueue": {"name": "orders_pack_dead-letters"}},
                }
            ],
            "bindingVersion": "0.1.0",
        },
        "sqs": {
            "queues": [
                {
                    "name": "orders_pack",
                    "fifoQueue": False,
                    "visibilityTimeout": 30,
                    "messageRetentionPeriod": 86400,
                    "redrivePolicy": {
                        "deadLetterQueue": {"name": "orders_pack_dead-letters"},
                        "maxReceiveCount": 7,
                    },
                },
                {
                    "name": "orders_pack_dead-letters",
                    "fifoQueue": False,
                    "messageRetentionPeriod": 1209600,
                },
            ],
            "bindingVersion": "0.2.0",
        },
    }


def test_without_dead_letters_there_is_no_second_queue() -> None:
    bindings = receive_bindings(dead_letter=False)

    assert "redrivePolicy" not in bindings["sns"]["consumers"][0]
    assert [it["name"] for it in bindings["sqs"]["queues"]] == ["orders_pack"]
    assert "redrivePolicy" not in bindings["sqs"]["queues"][0]


def test_what_sqs_does_not_admit_is_left_to_the_extension() -> None:
    (queue, _) = receive_bindings(ack_deadline=50_000, retention=10)["sqs"]["queues"]

    assert queue.keys() & {"visibilityTimeout", "messageRetentionPeriod"} == set()


def test_a_fraction_of_a_second_is_waited_for() -> None:
    (queue, _) = receive_bindings(ack_deadline=1.5)["sqs"]["queues"]

    assert queue["visibilityTimeout"] == 2


def test_names_of_queues_are_as_long_as_sqs_admits_and_all_different() -> None:
    subscriptions = [node(f"subscription:{'a' * 40}/{'b' * 39}{end}", OPTIONS) for end in "xyz"]
    topic = node(f"topic:{'a' * 40}", {"ordering_key": "id"})
    edges = tuple(
        Edge(source=topic.id, relation="delivers", target=it.id, properties={}, evidence=())
        for it in subscriptions
    )
    graph = InfraGraph(
        application="app",
        nodes=(*subscriptions, topic),
        edges=edges,
        payloads={},
        unresolved=(),
    )

    operations = documents("asyncapi", graph, target="aws")["asyncapi.yaml"]["operations"]
    names = [
        queue["name"] for it in operations.values() for queue in it["bindings"]["sqs"]["queues"]
    ]

    assert len(set(names)) == 6
    assert all(len(name) <= 80 and name.endswith(".fifo") for name in names)


def test_a_pubsub_message_is_ordered_by_a_field_of_its_payload() -> None:
    message = made("gcp", {"ordering_key": "a/b~c"}, OPTIONS)["components"]["messages"]["orders"]

    assert message["bindings"] == {
        "googlepubsub": {
            "orderingKey": "$message.payload#/a~1b~0c",
            "bindingVersion": "0.2.0",
        }
    }


def test_metadata_are_headers_where_a_broker_carries_each_by_itself() -> None:
    assert "messageTraits" in made("gcp", {}, OPTIONS)["components"]
    assert "messageTraits" not in made("aws", {}, OPTIONS)["components"]
