"""The one secret that a task is started with: the headers of the telemetry's collector.

A service's own secrets are read by it, and read again when they change.
"""

from collections.abc import Mapping

from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.references import secret_arn
from infragraph.targets.aws.shared import Setting, key_arn, tags

_ADDRESS = "CollectorHeaders"


def start_secrets(setting: Setting) -> Mapping[str, PlanValue]:
    """The ARN of each secret that a task gets as a variable, by the variable."""
    arn = _headers(setting)
    return {} if arn is None else {"OTEL_EXPORTER_OTLP_HEADERS": arn}


def plan_start_secrets(setting: Setting) -> Planned:
    """An empty secret, unless the application declares it itself."""
    if _headers(setting) != Attribute(address=_ADDRESS):
        return NOTHING
    secret = PlannedResource(
        address=_ADDRESS,
        type="AWS::SecretsManager::Secret",
        layer="data",
        retention=kept(setting),
        properties={
            "Description": f"headers of the collector of {setting.application}, as name=value",
            "KmsKeyId": key_arn(setting),
            "Tags": tags(setting),
        },
    )
    return Planned(
        resources=(secret,), outputs={"CollectorHeadersSecret": Attribute(address=_ADDRESS)}
    )


def _headers(setting: Setting) -> PlanValue:
    collector = setting.environment.collector
    if collector is None or collector.headers_secret is None:
        return None
    declared = next(
        (
            node
            for node in setting.graph.nodes
            if node.kind == "secret" and node.name == collector.headers_secret
        ),
        None,
    )
    return Attribute(address=_ADDRESS) if declared is None else secret_arn(setting, declared)
