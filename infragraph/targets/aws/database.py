"""The databases of an environment: one PostgreSQL, in which each is a logical one.

CloudFormation has no resource for a logical database or a role: a task makes them once the instance
is there, logging in by the secret that RDS makes and rotates. Services log in by IAM.
"""

from collections.abc import Mapping

from infragraph.model.environment import Size
from infragraph.model.plan import Attribute, PlannedResource, PlanValue, Retention
from infragraph.targets.aws.alarms import Watch, alarm
from infragraph.targets.aws.database_monitoring import MONITORING_ROLE, plan_monitoring
from infragraph.targets.aws.database_preview import SUBNET_GROUP, plan_preview
from infragraph.targets.aws.databases import ADMINISTRATOR, INSTANCE, administrator_secret, made
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import is_disposable
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.shared import (
    Setting,
    database_security_group,
    database_subnets,
    key_arn,
    tags,
)

ENGINE_VERSION = "17.10"
"""A minor version, since AWS deprecates the major ones alone: W3691 of cfn-lint, 2026-11-25."""

PARAMETERS = "DatabaseParameters"

_GIBIBYTE = 1 << 30
_SINGLE = skipped({"CKV_AWS_157": "the class 'small' of the environment has no standby"})


def plan_databases(setting: Setting) -> Planned:
    """Nothing where each database exists already."""
    databases = made(setting)
    if not databases:
        return Planned()
    origin = tuple(database.id for database in databases)
    outputs = {"DatabaseAdministratorSecretArn": administrator_secret(setting)}
    subnets = _subnet_group(setting, origin)
    if is_disposable(setting):
        return Planned(resources=(subnets, *plan_preview(setting, origin)), outputs=outputs)
    return Planned(
        resources=(
            subnets,
            _parameters(setting, origin),
            plan_monitoring(setting, origin),
            _instance(setting, origin),
            *_alarms(setting, origin),
        ),
        outputs=outputs,
    )


def _subnet_group(setting: Setting, origin: tuple[str, ...]) -> PlannedResource:
    return PlannedResource(
        address=SUBNET_GROUP,
        type="AWS::RDS::DBSubnetGroup",
        layer="data",
        origin=origin,
        properties={
            "DBSubnetGroupDescription": "subnets with no way in and no way out",
            "SubnetIds": database_subnets(setting),
            "Tags": tags(setting),
        },
    )


def _parameters(setting: Setting, origin: tuple[str, ...]) -> PlannedResource:
    return PlannedResource(
        address=PARAMETERS,
        type="AWS::RDS::DBParameterGroup",
        layer="data",
        origin=origin,
        properties={
            "Family": f"postgres{ENGINE_VERSION.partition('.')[0]}",
            "Description": "TLS is required, slow and defining statements are logged",
            "Parameters": {
                "log_min_duration_statement": "1000",
                "log_statement": "ddl",
                "rds.force_ssl": "1",
            },
            "Tags": tags(setting),
        },
    )


def _instance(setting: Setting, origin: tuple[str, ...]) -> PlannedResource:
    is_production = setting.environment.size is Size.PRODUCTION
    return PlannedResource(
        address=INSTANCE,
        type="AWS::RDS::DBInstance",
        layer="data",
        origin=origin,
        retention=Retention.SNAPSHOT,
        notes={} if is_production else _SINGLE,
        properties={
            **_engine(),
            **_login(setting),
            **_watching(setting),
            "StorageEncrypted": True,
            "KmsKeyId": key_arn(setting),
            "PubliclyAccessible": False,
            "MultiAZ": is_production,
            "DeletionProtection": True,
            "BackupRetentionPeriod": 14 if is_production else 7,
            "CopyTagsToSnapshot": True,
            "AutoMinorVersionUpgrade": True,
            "DBSubnetGroupName": Attribute(address=SUBNET_GROUP),
            "VPCSecurityGroups": (database_security_group(),),
            "DBParameterGroupName": Attribute(address=PARAMETERS),
            "CACertificateIdentifier": "rds-ca-rsa2048-g1",
            "Tags": tags(setting),
        },
    )


def _engine() -> Mapping[str, PlanValue]:
    return {
        "Engine": "postgres",
        "EngineVersion": ENGINE_VERSION,
        "DBInstanceClass": "db.t4g.small",
        "AllocatedStorage": "20",
        "MaxAllocatedStorage": 200,
        "StorageType": "gp3",
    }


def _login(setting: Setting) -> Mapping[str, PlanValue]:
    return {
        "MasterUsername": ADMINISTRATOR,
        "ManageMasterUserPassword": True,
        "MasterUserSecret": {"KmsKeyId": key_arn(setting)},
        "EnableIAMDatabaseAuthentication": True,
    }


def _watching(setting: Setting) -> Mapping[str, PlanValue]:
    return {
        "EnableCloudwatchLogsExports": ("postgresql", "upgrade"),
        "EnablePerformanceInsights": True,
        "PerformanceInsightsKMSKeyId": key_arn(setting),
        "PerformanceInsightsRetentionPeriod": 7,
        "MonitoringInterval": 60,
        "MonitoringRoleArn": Attribute(address=MONITORING_ROLE, name="Arn"),
    }


def _alarms(setting: Setting, origin: tuple[str, ...]) -> tuple[PlannedResource, ...]:
    instance: Mapping[str, PlanValue] = {"DBInstanceIdentifier": Attribute(address=INSTANCE)}
    busy = Watch(
        namespace="AWS/RDS",
        metric="CPUUtilization",
        dimensions=instance,
        threshold=85,
        minutes=15,
        statistic="Average",
    )
    full = Watch(
        namespace="AWS/RDS",
        metric="FreeStorageSpace",
        dimensions=instance,
        threshold=2 * _GIBIBYTE,
        minutes=5,
        statistic="Minimum",
        is_floor=True,
    )
    watches = (
        ("CpuAlarm", "databases: the processor is busy", busy),
        ("StorageAlarm", "databases: less than 2 GiB of storage are free", full),
    )
    return tuple(
        alarm(
            setting,
            watch,
            address=f"{INSTANCE}{suffix}",
            description=description,
            layer="data",
            origin=origin,
        )
        for suffix, description, watch in watches
    )
