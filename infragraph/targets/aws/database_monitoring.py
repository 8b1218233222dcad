"""The role by which RDS writes what the operating system of a database reports."""

from dataclasses import replace

from infragraph.model.plan import Joined, PlannedResource
from infragraph.targets.aws.roles import role
from infragraph.targets.aws.shared import PARTITION, Setting

MONITORING_ROLE = "DatabaseMonitoringRole"

_POLICY = "service-role/AmazonRDSEnhancedMonitoringRole"
"""AWS's own, since the log group that it is about is the account's and not ours.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html,
2026-11-25."""


def plan_monitoring(setting: Setting, origin: tuple[str, ...]) -> PlannedResource:
    made = role(
        setting,
        address=MONITORING_ROLE,
        principal="monitoring.rds.amazonaws.com",
        policy="",
        statements=(),
        layer="data",
        origin=origin,
    )
    policy = Joined(parts=("arn:", PARTITION, f":iam::aws:policy/{_POLICY}"))
    return replace(made, properties={**made.properties, "ManagedPolicyArns": (policy,)})
