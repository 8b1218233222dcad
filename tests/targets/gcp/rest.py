"""Objects of Pub/Sub and Cloud Scheduler as bodies of Google's own APIs."""

from collections.abc import Mapping
from typing import Any, cast

Object = Mapping[str, Any]

RESOURCES = {
    "PubSubTopic": ("pubsub.v1", "Topic", "topics"),
    "PubSubSubscription": ("pubsub.v1", "Subscription", "subscriptions"),
    "CloudSchedulerJob": ("cloudscheduler.v1", "Job", "jobs"),
}


def path_of(it: Object) -> str:
    project = it["metadata"]["annotations"]["cnrm.cloud.google.com/project-id"]
    place = f"/locations/{it['spec']['location']}" if it["kind"] == "CloudSchedulerJob" else ""
    return f"projects/{project}{place}/{RESOURCES[it['kind']][2]}/{it['metadata']['name']}"


def body_of(it: Object) -> dict[str, Any]:
    """What the object asks for, with references as paths."""
    spec: dict[str, Any] = _resolved(it, it["spec"])
    spec.pop("location", None)
    body = {"name": path_of(it), **spec}
    if it["kind"] != "CloudSchedulerJob":
        body["labels"] = it["metadata"]["labels"]
    return body


def _resolved(it: Object, value: object) -> Any:
    if isinstance(value, list):
        return [_resolved(it, member) for member in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, member in cast("dict[str, Any]", value).items():
        match key:
            case "topicRef" | "deadLetterTopicRef":
                found[key.removesuffix("Ref")] = _topic(it, member)
            case "bucketRef":
                found["bucket"] = member["name"]
            case "serviceAccountRef":
                found["serviceAccountEmail"] = member["external"]
            case "expirationPolicy":
                # What never expires has a policy without a time.
                found[key] = {} if member == {"ttl": ""} else member
            case _:
                found[key] = _resolved(it, member)
    return found


def _topic(it: Object, reference: Mapping[str, str]) -> str:
    if "external" in reference:
        return reference["external"]
    project = it["metadata"]["annotations"]["cnrm.cloud.google.com/project-id"]
    return f"projects/{project}/topics/{reference['name']}"
