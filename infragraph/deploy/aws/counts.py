"""How many tasks run now, which a deployment does not take back."""

from collections.abc import Mapping

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.stacks import physical_ids
from infragraph.deploy.aws.templates import SERVICE, Template, mentioned, of_type

_AT_ONCE = 10
"""https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html,
2026-11-25."""


def running_counts(
    clients: Clients, stack: str, template: Template, cluster: str | None
) -> Mapping[str, int]:
    """By parameter what scaling has made of it; nothing of what does not run."""
    if cluster is None:
        return {}
    physical = physical_ids(clients, stack)
    wanted = {
        physical[name]: parameter
        for name, service in of_type(template, SERVICE)
        if name in physical
        for parameter in mentioned(service["Properties"].get("DesiredCount"))
    }
    arns = sorted(wanted)
    found: dict[str, int] = {}
    for at in range(0, len(arns), _AT_ONCE):
        few = arns[at : at + _AT_ONCE]
        for one in clients.ecs.describe_services(cluster=cluster, services=few)["services"]:
            if one["serviceArn"] in wanted and one["desiredCount"] > 0:
                found[wanted[one["serviceArn"]]] = one["desiredCount"]
    return dict(sorted(found.items()))
