"""Processes: the application's image, as a container runs it for one service and one purpose."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from infragraph.model.plan import Parameter, PlanValue
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.calls import signing_key_reference, vouching
from infragraph.targets.gcp.collector import headers_reference
from infragraph.targets.gcp.databases import users_of
from infragraph.targets.gcp.network import network_reference, subnetwork_reference
from infragraph.targets.gcp.resource import reference
from infragraph.targets.gcp.setting import Setting, nodes

IMAGE = Parameter(name="Image")

LIVE, READY = "/__infragraph/live", "/__infragraph/ready"
PORT = 8080


def container(  # noqa: PLR0913 - what a container consists of
    setting: Setting,
    arguments: Sequence[str],
    *,
    service: str | None,
    memory: str = "512Mi",
    variables: Mapping[str, str] = MappingProxyType({}),
    more: Mapping[str, PlanValue] | None = None,
) -> Mapping[str, PlanValue]:
    """A container of the image; `more` is what its kind of process has beside.

    `variables` are those of its environment beside what all have.
    """
    added = dict(more or {})
    resources = {"limits": {"cpu": "1", "memory": memory}, **_mapping(added.pop("resources", {}))}
    return {
        "name": "app",
        "image": IMAGE,
        "args": tuple(arguments),
        **added,
        "env": _environment(setting, service, variables),
        "resources": resources,
    }


def configuration_file(setting: Setting) -> str:
    """Where the image holds what the runtime is configured by."""
    return f"infragraph.runtime.{setting.environment.name}.json"


def runs_as(setting: Setting, service: str) -> PlanValue:
    return reference(types.ACCOUNT, names.account_name(setting, service))


def egress(setting: Setting, service: str | None) -> Mapping[str, PlanValue]:
    """A way into the network, for those who use a database; the internet is reached without it."""
    if service is not None and not any(
        service in users_of(setting, database) for database in nodes(setting, "database")
    ):
        return {}
    return {
        "vpcAccess": {
            "egress": "PRIVATE_RANGES_ONLY",
            "networkInterfaces": (
                {
                    "networkRef": network_reference(setting),
                    "subnetworkRef": subnetwork_reference(setting),
                },
            ),
        }
    }


def _environment(
    setting: Setting, service: str | None, more: Mapping[str, str]
) -> tuple[PlanValue, ...]:
    variables: dict[str, str] = {
        **more,
        "GOOGLE_CLOUD_PROJECT": setting.project,
        "INFRAGRAPH_ENV": setting.environment.name,
    }
    collector = setting.environment.collector
    if collector is not None:
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.endpoint
    entries: list[PlanValue] = [
        {"name": name, "value": variables[name]} for name in sorted(variables)
    ]
    if collector is not None and collector.headers_secret is not None:
        entries.append(_secret("OTEL_EXPORTER_OTLP_HEADERS", headers_reference(setting)))
    if service in vouching(setting):
        entries.append(_secret("INFRAGRAPH_SIGNING_KEY", signing_key_reference(setting)))
    return tuple(entries)


def _secret(variable: str, secret: PlanValue) -> PlanValue:
    """Its newest value when the process starts, which has to be there by then."""
    key: Mapping[str, PlanValue] = {
        "secretRef": secret,
        "versionRef": {"external": "latest"},
    }
    return {"name": variable, "valueSource": {"secretKeyRef": key}}


def _mapping(value: PlanValue) -> Mapping[str, PlanValue]:
    assert isinstance(value, Mapping), "resources are named"
    return value
