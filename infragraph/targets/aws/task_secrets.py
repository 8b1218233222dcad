"""The secrets that a task is started with; a service's own are read by it, and read again.

They are the headers of the telemetry's collector, and the key by which services that call each
other sign.
"""

from collections.abc import Iterator, Mapping

from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.references import secret_arn
from infragraph.targets.aws.service_calls import calls_between
from infragraph.targets.aws.shared import Setting, key_arn, tags

SIGNING_VARIABLE = "INFRAGRAPH_SIGNING_KEY"

_HEADERS, _KEY = "CollectorHeaders", "SigningKey"
_LENGTH = 64

_UNROTATED = {"CKV2_AWS_57": "all tasks must hold the same key: it changes with a deployment"}


def start_secrets(setting: Setting, service: str | None = None) -> Mapping[str, PlanValue]:
    """The ARN of each secret that a task of a service, or of none, gets as a variable, by it."""
    found: dict[str, PlanValue] = {}
    headers = _headers(setting)
    if headers is not None:
        found["OTEL_EXPORTER_OTLP_HEADERS"] = headers
    if any(service in pair for pair in calls_between(setting)):
        found[SIGNING_VARIABLE] = Attribute(address=_KEY)
    return found


def plan_start_secrets(setting: Setting) -> Planned:
    """The key, which nobody ever sees, and an empty secret for headers not declared elsewhere."""
    empty = Attribute(address=_HEADERS)
    return Planned(
        resources=tuple(_made(setting)),
        outputs={"CollectorHeadersSecret": empty} if _headers(setting) == empty else {},
    )


def _made(setting: Setting) -> Iterator[PlannedResource]:
    if _headers(setting) == Attribute(address=_HEADERS):
        yield _secret(setting, _HEADERS, "headers of the collector, as name=value", {})
    if calls_between(setting):
        random: Mapping[str, PlanValue] = {
            "GenerateSecretString": {"PasswordLength": _LENGTH, "ExcludePunctuation": True}
        }
        yield _secret(setting, _KEY, "what services sign calls to each other with", random)


def _secret(
    setting: Setting, address: str, what: str, value: Mapping[str, PlanValue]
) -> PlannedResource:
    return PlannedResource(
        address=address,
        type="AWS::SecretsManager::Secret",
        layer="data",
        retention=kept(setting),
        properties={
            "Description": f"{setting.application} in {setting.environment.name}: {what}",
            "KmsKeyId": key_arn(setting),
            **value,
            "Tags": tags(setting),
        },
        notes=skipped(_UNROTATED),
    )


def _headers(setting: Setting) -> PlanValue:
    collector = setting.environment.collector
    if collector is None or collector.headers_secret is None:
        return None
    for node in setting.graph.nodes:
        if node.kind == "secret" and node.name == collector.headers_secret:
            return secret_arn(setting, node)
    return Attribute(address=_HEADERS)
