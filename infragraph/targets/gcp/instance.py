"""The server of the databases: Cloud SQL for PostgreSQL, without an address to the world."""

from infragraph.model.plan import PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.databases import has_own_server
from infragraph.targets.gcp.network import network_reference, peering_address
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import shared
from infragraph.targets.gcp.setting import Setting

_VERSION = "POSTGRES_17"

_FLAGS = {
    "cloudsql.iam_authentication": "on",
    "log_checkpoints": "on",
    "log_connections": "on",
    "log_disconnections": "on",
    "log_lock_waits": "on",
    "log_min_duration_statement": "1000",
}


def plan_instance(setting: Setting) -> Planned:
    if not has_own_server(setting):
        return NOTHING
    planned = shared(
        setting,
        types.INSTANCE,
        names.instance_name(setting),
        {
            "databaseVersion": _VERSION,
            "region": setting.region,
            "settings": _settings(setting),
        },
        layer="data",
        after=peering_address(setting),
        # Data is never removed with what described it.
        retention=Retention.RETAIN,
    )
    return Planned(resources=(planned,))


def _settings(setting: Setting) -> dict[str, PlanValue]:
    return {
        # Cores that are shared come without a promise, which what is small can do without.
        "tier": "db-custom-1-3840" if setting.is_production else "db-f1-micro",
        "edition": "ENTERPRISE",
        "availabilityType": "REGIONAL" if setting.is_production else "ZONAL",
        "diskType": "PD_SSD",
        "diskSize": 10,
        "diskAutoresize": True,
        "deletionProtectionEnabled": not setting.is_preview,
        "connectorEnforcement": "REQUIRED",
        "ipConfiguration": {
            "ipv4Enabled": False,
            "privateNetworkRef": network_reference(setting),
            "sslMode": "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
            "enablePrivatePathForGoogleCloudServices": True,
        },
        "backupConfiguration": _backups(setting),
        "insightsConfig": {"queryInsightsEnabled": True},
        "maintenanceWindow": {"day": 7, "hour": 4, "updateTrack": "stable"},
        "databaseFlags": tuple({"name": name, "value": _FLAGS[name]} for name in sorted(_FLAGS)),
    }


def _backups(setting: Setting) -> dict[str, PlanValue]:
    if setting.is_preview:
        return {"enabled": False}
    return {
        "enabled": True,
        "pointInTimeRecoveryEnabled": True,
        "startTime": "03:00",
        "transactionLogRetentionDays": 7,
        "backupRetentionSettings": {"retainedBackups": 14, "retentionUnit": "COUNT"},
    }
