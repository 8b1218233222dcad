"""The role by which RDS writes what the operating system of a database reports."""

from infragraph.model.plan import PlannedResource
from infragraph.targets.aws.roles import role, statement
from infragraph.targets.aws.shared import Setting, arn

MONITORING_ROLE = "DatabaseMonitoringRole"

_GROUP = "log-group:RDSOSMetrics"
"""https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html,
2026-11-25; the group is the account's."""


def plan_monitoring(setting: Setting, origin: tuple[str, ...]) -> PlannedResource:
    return role(
        setting,
        address=MONITORING_ROLE,
        principal="monitoring.rds.amazonaws.com",
        policy="write",
        statements=(
            statement(
                "Group",
                ("logs:CreateLogGroup", "logs:PutRetentionPolicy"),
                (arn("logs", _GROUP), arn("logs", f"{_GROUP}:*")),
            ),
            statement(
                "Streams",
                (
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:GetLogEvents",
                    "logs:PutLogEvents",
                ),
                (arn("logs", f"{_GROUP}:log-stream:*"),),
            ),
        ),
        layer="data",
        origin=origin,
    )
