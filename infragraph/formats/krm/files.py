"""Files of objects: which kind stands in which, by when it can come to be."""

from collections.abc import Mapping

from infragraph.model.plan import PlannedResource

FILES: Mapping[str, str] = {
    "00-apis": "the APIs that the project needs",
    "10-network": "the network",
    "20-identities": "accounts and roles",
    "30-data": "databases, buckets, secrets and images, which stay when they are removed here",
    "40-pubsub": "topics and subscriptions",
    "50-iam": "who may do what",
    "60-compute": "services, workers and jobs",
    "70-cron": "schedules",
    "80-alerts": "alerts, and who is told",
}
"""By name, in order, what each holds."""

_KINDS: Mapping[str, str] = {
    "Service": "00-apis",
    "ComputeNetwork": "10-network",
    "ComputeSubnetwork": "10-network",
    "ComputeAddress": "10-network",
    "ServiceNetworkingConnection": "10-network",
    "IAMServiceAccount": "20-identities",
    "IAMCustomRole": "20-identities",
    "ArtifactRegistryRepository": "30-data",
    "SQLInstance": "30-data",
    "SQLDatabase": "30-data",
    "SQLUser": "30-data",
    "SecretManagerSecret": "30-data",
    "StorageBucket": "30-data",
    "PubSubTopic": "40-pubsub",
    "PubSubSubscription": "40-pubsub",
    "IAMPolicyMember": "50-iam",
    "RunService": "60-compute",
    "RunWorkerPool": "60-compute",
    "RunJob": "60-compute",
    "CloudSchedulerJob": "70-cron",
    "MonitoringNotificationChannel": "80-alerts",
    "MonitoringAlertPolicy": "80-alerts",
}


def file_of(resource: PlannedResource) -> str:
    """A kind that stands nowhere is a mistake of ours."""
    return _KINDS[resource.type.rpartition("/")[2]]
