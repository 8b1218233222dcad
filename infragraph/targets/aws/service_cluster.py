"""The ECS cluster that all services run in."""

from infragraph.model.plan import PlannedResource
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.shared import Setting, cluster, tags


def plan_cluster(setting: Setting) -> Planned:
    """A cluster with the metrics that scaling reads; nothing beside one that exists."""
    outputs = {"ClusterName": cluster(setting)}
    if setting.environment.cluster is not None:
        return Planned(outputs=outputs)
    made = PlannedResource(
        address="Cluster",
        type="AWS::ECS::Cluster",
        layer="network",
        properties={
            "ClusterSettings": ({"Name": "containerInsights", "Value": "enabled"},),
            "Tags": tags(setting),
        },
    )
    return Planned(resources=(made,), outputs=outputs)
