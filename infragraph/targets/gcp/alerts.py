"""Alerts: a subscription whose messages die or wait, and whom to tell."""

import re
from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import PlanValue
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import external, reference, resource
from infragraph.targets.gcp.setting import Setting
from infragraph.targets.gcp.values import described

_OLDEST_UNACKNOWLEDGED = 900
_RECEIVER = "alarms"
_LONGEST_DOCUMENTATION = 8_192
"""In bytes: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies."""


def plan_receiver(setting: Setting) -> Planned:
    """Who is told by e-mail; a channel that exists is called by its path."""
    to = setting.environment.alarms_to
    if to is None or _is_channel(to):
        return NOTHING
    name = names.object_name(names.namespace(setting), _RECEIVER)
    spec: Mapping[str, PlanValue] = {"type": "email", "labels": {"email_address": to}}
    return Planned(resources=(resource(setting, types.CHANNEL, name, spec, layer="network"),))


def plan_alert(setting: Setting, subscription: Node) -> Planned:
    name = names.subscription_name(setting, subscription)
    conditions = [
        _condition(
            "the oldest message waits too long",
            name,
            "oldest_unacked_message_age",
            threshold=_OLDEST_UNACKNOWLEDGED,
            duration="300s",
        )
    ]
    if subscription.properties.get("dead_letter") is not False:
        dead = names.dead_letter_name(setting, subscription)
        conditions.insert(
            0,
            _condition(
                "there are dead letters",
                dead,
                "num_undelivered_messages",
                threshold=0,
                duration="60s",
            ),
        )
    spec: dict[str, PlanValue] = {
        "displayName": f"{subscription.service}: subscription {name}",
        "combiner": "OR",
        "conditions": tuple(conditions),
    }
    doc = described(subscription.doc, longest=_LONGEST_DOCUMENTATION)
    if doc is not None:
        spec["documentation"] = {"content": doc, "mimeType": "text/markdown"}
    to = setting.environment.alarms_to
    if to is not None:
        receiver = names.object_name(names.namespace(setting), _RECEIVER)
        spec["notificationChannels"] = (
            external(to) if _is_channel(to) else reference(types.CHANNEL, receiver),
        )
    alert = resource(
        setting,
        types.ALERT,
        name,
        spec,
        layer=subscription.service or "data",
        node=subscription.id,
        service=subscription.service,
    )
    return Planned(resources=(alert,))


def _condition(
    shown: str, subscription: str, metric: str, *, threshold: int, duration: str
) -> Mapping[str, PlanValue]:
    """A metric of a subscription, whose name holds nothing that a filter would need quoted."""
    return {
        "displayName": shown,
        "conditionThreshold": {
            "filter": (
                'resource.type = "pubsub_subscription"'
                f' AND resource.labels.subscription_id = "{subscription}"'
                f' AND metric.type = "pubsub.googleapis.com/subscription/{metric}"'
            ),
            "comparison": "COMPARISON_GT",
            "thresholdValue": threshold,
            "duration": duration,
            "aggregations": ({"alignmentPeriod": "60s", "perSeriesAligner": "ALIGN_MAX"},),
        },
    }


def _is_channel(to: str) -> bool:
    return re.fullmatch(r"projects/[^/]+/notificationChannels/[^/]+", to, re.ASCII) is not None
