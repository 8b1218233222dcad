"""Where an application runs: the network, the key, and each service with what leads to it."""

from infragraph.targets.aws.alarms_receiver import plan_alarm_receiver
from infragraph.targets.aws.key import plan_key
from infragraph.targets.aws.load_balancer import plan_load_balancer
from infragraph.targets.aws.load_balancer_alarms import plan_request_alarms
from infragraph.targets.aws.load_balancer_logs import plan_access_logs
from infragraph.targets.aws.network import plan_network
from infragraph.targets.aws.network_groups import plan_groups
from infragraph.targets.aws.planned import Planned, summed
from infragraph.targets.aws.scaling import plan_scaling
from infragraph.targets.aws.service import plan_service
from infragraph.targets.aws.service_cluster import plan_cluster
from infragraph.targets.aws.service_discovery import plan_discovery
from infragraph.targets.aws.shared import Setting
from infragraph.targets.aws.task import image_parameters
from infragraph.targets.aws.task_environment import service_addresses
from infragraph.targets.aws.task_jobs import has_jobs, plan_jobs
from infragraph.targets.aws.task_secrets import plan_start_secrets


def plan_compute(setting: Setting) -> Planned:
    """All that is not itself declared, and the services, which exist elsewhere where bound."""
    return summed(
        (
            plan_network(setting),
            plan_groups(setting),
            plan_key(setting),
            plan_alarm_receiver(setting),
            plan_access_logs(setting),
            plan_cluster(setting),
            plan_discovery(setting),
            plan_load_balancer(setting),
            plan_request_alarms(setting),
            plan_start_secrets(setting),
            plan_jobs(setting),
            *(
                plan_service(setting, node)
                for node in setting.graph.nodes
                if node.kind == "service" and setting.environment.is_created(node.id)
            ),
            plan_scaling(setting),
            Planned(
                parameters=image_parameters(setting, has_jobs=has_jobs(setting)),
                addresses=service_addresses(setting),
            ),
        )
    )
