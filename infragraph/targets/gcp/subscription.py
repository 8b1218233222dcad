"""Subscriptions: one of Pub/Sub, pushed or pulled, and a place for messages that nobody handles."""

from collections.abc import Mapping
from dataclasses import replace

from infragraph.documents.narrowing import items, mapping, number, text
from infragraph.model.graph import Node, Property
from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.portability.filters import pubsub_filter
from infragraph.portability.limits import pubsub as limits
from infragraph.portability.limits.limit import Limit
from infragraph.targets.gcp import addresses, names, types
from infragraph.targets.gcp.alerts import plan_alert
from infragraph.targets.gcp.arrivals import NOBODY, arrival, audience
from infragraph.targets.gcp.delivery import pulls, topic_of
from infragraph.targets.gcp.kind_rights import forwarding
from infragraph.targets.gcp.planned import Planned, summed
from infragraph.targets.gcp.resource import reference, resource
from infragraph.targets.gcp.setting import Setting, existing
from infragraph.targets.gcp.topic import dead_letter_topic, topic_reference
from infragraph.targets.gcp.values import seconds

_NEVER = {"ttl": ""}
_DEAD_LETTERS_KEPT = 1_209_600
_NO_TIME = replace(limits.LONGEST_BACKOFF, name="shortest wait", value=0)


def plan_subscription(setting: Setting, subscription: Node) -> Planned:
    address = {subscription.id: _address(setting, subscription)}
    if existing(setting, subscription) is not None:
        return Planned(addresses=address)
    service = subscription.service or "data"
    planned = resource(
        setting,
        types.SUBSCRIPTION,
        names.subscription_name(setting, subscription),
        _spec(setting, subscription),
        layer=service,
        node=subscription.id,
        service=subscription.service,
    )
    return summed(
        (
            Planned(
                resources=(planned, *_dead_letters(setting, subscription)),
                rights=tuple(forwarding(setting, subscription)),
                addresses=address,
            ),
            plan_alert(setting, subscription),
        )
    )


def has_dead_letters(subscription: Node) -> bool:
    return subscription.properties.get("dead_letter") is not False


def _address(setting: Setting, subscription: Node) -> Mapping[str, PlanValue]:
    is_pushed = not pulls(setting, subscription)
    has_topic = has_dead_letters(subscription) and existing(setting, subscription) is None
    return {
        "subscription": addresses.subscription_path(setting, subscription),
        "delivery": "push" if is_pushed else "pull",
        "dead_letter_topic": addresses.dead_letter_path(setting, subscription)
        if has_topic
        else None,
        **(
            arrival(setting, subscription.service, addresses.push_email(setting))
            if is_pushed and subscription.service is not None
            else NOBODY
        ),
    }


def _spec(setting: Setting, subscription: Node) -> Mapping[str, PlanValue]:
    properties = subscription.properties
    topic = topic_of(setting, subscription)
    spec: dict[str, PlanValue] = {
        "topicRef": topic_reference(setting, topic),
        "ackDeadlineSeconds": round(_deadline(properties)),
        "messageRetentionDuration": seconds(
            _within(
                properties.get("retention"), limits.SHORTEST_RETENTION, limits.LONGEST_RETENTION
            )
        ),
        "expirationPolicy": _NEVER,
        "retryPolicy": _retry(properties),
    }
    if has_dead_letters(subscription):
        attempts = mapping(properties.get("retry")).get("max_attempts")
        spec["deadLetterPolicy"] = {
            "deadLetterTopicRef": reference(
                types.TOPIC, names.dead_letter_name(setting, subscription)
            ),
            "maxDeliveryAttempts": round(
                _within(attempts, limits.FEWEST_ATTEMPTS, limits.MOST_ATTEMPTS)
            ),
        }
    wanted = _conditions(properties.get("filter"))
    if wanted:
        spec["filter"] = pubsub_filter(wanted)
    if text(topic.properties.get("ordering_key")) is not None:
        spec["enableMessageOrdering"] = True
    if text(topic.properties.get("delivery")) == "exactly-once":
        spec["enableExactlyOnceDelivery"] = True
    if not pulls(setting, subscription) and subscription.service is not None:
        spec["pushConfig"] = _push(setting, subscription, subscription.service)
    return spec


def _push(setting: Setting, subscription: Node, service: str) -> Mapping[str, PlanValue]:
    url = addresses.service_url(setting, service)
    return {
        "pushEndpoint": url + addresses.push_route(subscription),
        "oidcToken": {
            "serviceAccountEmail": addresses.push_email(setting),
            "audience": audience(setting, service),
        },
    }


def _deadline(properties: Mapping[str, Property]) -> float:
    """Who pulls extends a lease for as long as a handler takes."""
    given = properties.get("ack_deadline")
    return _within(given, limits.SHORTEST_ACK_DEADLINE, limits.LONGEST_ACK_DEADLINE)


def _retry(properties: Mapping[str, Property]) -> Mapping[str, PlanValue]:
    retry = mapping(properties.get("retry"))
    return {
        name: seconds(_within(retry.get(option), _NO_TIME, limits.LONGEST_BACKOFF))
        for name, option in (("minimumBackoff", "min_backoff"), ("maximumBackoff", "max_backoff"))
    }


def _dead_letters(setting: Setting, subscription: Node) -> tuple[PlannedResource, ...]:
    """A topic, and a subscription on it: without one its messages are lost."""
    if not has_dead_letters(subscription):
        return ()
    name = names.dead_letter_name(setting, subscription)
    kept = resource(
        setting,
        types.SUBSCRIPTION,
        name,
        {
            "topicRef": reference(types.TOPIC, name),
            "ackDeadlineSeconds": 60,
            "messageRetentionDuration": seconds(_DEAD_LETTERS_KEPT),
            "expirationPolicy": _NEVER,
        },
        layer=subscription.service or "data",
        node=subscription.id,
        service=subscription.service,
    )
    return dead_letter_topic(setting, subscription), kept


def _within(value: Property, least: Limit, most: Limit) -> float:
    """What lies outside of the limits is told by `portability`, before a plan is made."""
    given = number(value)
    return least.value if given is None else min(max(given, least.value), most.value)


def _conditions(wanted: Property) -> Mapping[str, tuple[str | int, ...]]:
    return {
        attribute: tuple(value for value in items(values) if isinstance(value, str | int))
        for attribute, values in mapping(wanted).items()
    }
