"""The databases of a preview: Aurora, which costs no capacity while nobody asks it."""

from collections.abc import Iterator

from infragraph.model.plan import Attribute, PlannedResource
from infragraph.targets.aws.databases import ADMINISTRATOR, CLUSTER
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.shared import Setting, database_security_group, key_arn, tags

ENGINE = "aurora-postgresql"
ENGINE_VERSION = "17.9"
SUBNET_GROUP = "DatabaseSubnetGroup"
PARAMETERS = "DatabaseClusterParameters"

_IDLE_SECONDS = 300
"""Then capacity goes down to nothing.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html,
2026-11-25."""

_DISPOSABLE = "a preview holds nothing that would be missed"
_UNWATCHED = "nobody is told of what a preview's machine does"


def plan_preview(setting: Setting, origin: tuple[str, ...]) -> Iterator[PlannedResource]:
    yield PlannedResource(
        address=PARAMETERS,
        type="AWS::RDS::DBClusterParameterGroup",
        layer="data",
        origin=origin,
        properties={
            "Family": f"{ENGINE}{ENGINE_VERSION.partition('.')[0]}",
            "Description": "TLS is required",
            "Parameters": {"rds.force_ssl": "1"},
            "Tags": tags(setting),
        },
    )
    yield PlannedResource(
        address=CLUSTER,
        type="AWS::RDS::DBCluster",
        layer="data",
        origin=origin,
        notes=skipped({"CKV_AWS_139": _DISPOSABLE}),
        properties={
            "Engine": ENGINE,
            "EngineVersion": ENGINE_VERSION,
            "MasterUsername": ADMINISTRATOR,
            "ManageMasterUserPassword": True,
            "MasterUserSecret": {"KmsKeyId": key_arn(setting)},
            "EnableIAMDatabaseAuthentication": True,
            "ServerlessV2ScalingConfiguration": {
                "MinCapacity": 0,
                "MaxCapacity": 2,
                "SecondsUntilAutoPause": _IDLE_SECONDS,
            },
            "StorageEncrypted": True,
            "KmsKeyId": key_arn(setting),
            "DeletionProtection": False,
            "BackupRetentionPeriod": 1,
            "CopyTagsToSnapshot": True,
            "DBSubnetGroupName": Attribute(address=SUBNET_GROUP),
            "VpcSecurityGroupIds": (database_security_group(),),
            "DBClusterParameterGroupName": Attribute(address=PARAMETERS),
            "Tags": tags(setting),
        },
    )
    yield PlannedResource(
        address=f"{CLUSTER}Instance",
        type="AWS::RDS::DBInstance",
        layer="data",
        origin=origin,
        notes=skipped({"CKV_AWS_118": _UNWATCHED}),
        properties={
            "Engine": ENGINE,
            "DBClusterIdentifier": Attribute(address=CLUSTER),
            "DBInstanceClass": "db.serverless",
            "PubliclyAccessible": False,
            "AutoMinorVersionUpgrade": True,
            "Tags": tags(setting),
        },
    )
