"""Topics: a Pub/Sub topic, and with `audit` a bucket that keeps everything."""

from infragraph.documents.narrowing import number
from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.portability.limits import pubsub as limits
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import topic_path
from infragraph.targets.gcp.audit import plan_audit
from infragraph.targets.gcp.planned import Planned, summed
from infragraph.targets.gcp.resource import external, reference, resource
from infragraph.targets.gcp.setting import Setting, existing
from infragraph.targets.gcp.values import seconds


def plan_topic(setting: Setting, topic: Node) -> Planned:
    """One of another application has an address alone, which `bindings` have to give."""
    address = {topic.id: {"topic": topic_path(setting, topic)}}
    if existing(setting, topic) is not None:
        return summed((Planned(addresses=address), plan_audit(setting, topic)))
    if topic.properties.get("external"):
        # That `bindings` have to give its address is told before a plan is made.
        return Planned(addresses=address)
    name = names.topic_name(setting, topic)
    kept = number(topic.properties.get("retention"))
    spec = dict(regional(setting))
    if kept is not None:
        spec["messageRetentionDuration"] = seconds(
            min(max(kept, limits.SHORTEST_RETENTION.value), limits.LONGEST_RETENTION.value)
        )
    planned = resource(
        setting, types.TOPIC, name, spec, layer="data", node=topic.id, service=topic.service
    )
    return summed((Planned(resources=(planned,), addresses=address), plan_audit(setting, topic)))


def topic_reference(setting: Setting, topic: Node) -> PlanValue:
    if existing(setting, topic) is not None:
        return external(topic_path(setting, topic))
    return reference(types.TOPIC, names.topic_name(setting, topic))


def dead_letter_topic(setting: Setting, subscription: Node) -> PlannedResource:
    name = names.dead_letter_name(setting, subscription)
    return resource(
        setting,
        types.TOPIC,
        name,
        regional(setting),
        layer=subscription.service or "data",
        node=subscription.id,
        service=subscription.service,
    )


def regional(setting: Setting) -> dict[str, PlanValue]:
    """Messages lie in the environment's region alone."""
    return {"messageStoragePolicy": {"allowedPersistenceRegions": (setting.region,)}}
