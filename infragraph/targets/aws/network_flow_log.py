"""The record of who connected to whom, beside the data, whose key encrypts it."""

from collections.abc import Iterator

from infragraph.model.plan import Attribute, PlannedResource
from infragraph.targets.aws.logs import log_group
from infragraph.targets.aws.roles import role, statement
from infragraph.targets.aws.shared import Setting, tags


def flow_log(setting: Setting) -> Iterator[PlannedResource]:
    yield log_group(setting, "FlowLogGroup", "network", layer="data")
    write = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
    yield role(
        setting,
        address="FlowLogRole",
        principal="vpc-flow-logs.amazonaws.com",
        policy="write",
        statements=(statement("Write", write, (Attribute(address="FlowLogGroup", name="Arn"),)),),
        layer="data",
    )
    yield PlannedResource(
        address="FlowLog",
        type="AWS::EC2::FlowLog",
        layer="data",
        properties={
            "ResourceId": Attribute(address="Vpc"),
            "ResourceType": "VPC",
            "TrafficType": "ALL",
            "LogGroupName": Attribute(address="FlowLogGroup"),
            "DeliverLogsPermissionArn": Attribute(address="FlowLogRole", name="Arn"),
            "Tags": tags(setting),
        },
    )
