"""Subscriptions of the graph, made before anything is published."""

from collections.abc import Mapping
from typing import Any

from infragraph.local.application import LocalApplication
from infragraph.local.configuration import Places
from infragraph.runtime.brokers.broker import Channel
from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker
from infragraph.runtime.brokers.nsq.broker import NsqBroker, nsq_address
from infragraph.runtime.clock import SystemClock


async def ensure_subscriptions(application: LocalApplication, places: Places) -> None:
    """Each gets what is published from now on, though its service is not up yet.

    Raises:
        BrokerError: the server refused one, or does not answer.
    """
    topics = {node["id"]: node for node in application.of_kind("topic")}
    broker = _broker(places, {node: str(it["name"]) for node, it in topics.items()})
    await broker.open()
    try:
        for node in application.of_kind("subscription"):
            await broker.ensure(_channel(node, topics[_topic_id(node)]))
    finally:
        await broker.close()


def _broker(places: Places, topics: Mapping[str, str]) -> NatsBroker | NsqBroker:
    """A connection for making things, which both brokers let whoever comes first make."""
    said = places.broker
    assert said is not None, "this broker has an address"
    if "nsqd" in said:
        return NsqBroker(nsq_address(said, "infragraph"), topics, SystemClock())
    return NatsBroker(
        NatsAddress(servers=tuple(said["servers"]), credentials=None, name="infragraph"), topics
    )


def _topic_id(node: Mapping[str, Any]) -> str:
    """A subscription's id begins with its topic's name."""
    return "topic:" + str(node["id"]).removeprefix("subscription:").partition("/")[0]


def _channel(node: Mapping[str, Any], topic: Mapping[str, Any]) -> Channel:
    properties = node["properties"]
    return Channel(
        id=str(node["id"]),
        topic=str(topic["id"]),
        address={},
        ack_deadline=float(properties["ack_deadline"]),
        concurrency=int(properties["concurrency"]),
        max_attempts=int(properties["retry"]["max_attempts"]),
        max_backoff=float(properties["retry"]["max_backoff"]),
        ordered=topic["properties"]["ordering_key"] is not None,
        dead_letter=bool(properties["dead_letter"]),
        filter={},
    )
