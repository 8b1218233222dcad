"""What is seen once a plan is there: settings that Google Cloud does not take, names that meet."""

import re
from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.plan import PlannedResource
from infragraph.targets.gcp.problems import (
    DOMAIN_NOT_SERVED,
    NAMES_MEET,
    PLATFORM_NOT_RUN,
    SETTING_NOT_USED,
    TAG_NOT_A_LABEL,
)
from infragraph.targets.gcp.setting import Setting, node

# https://cloud.google.com/resource-manager/docs/labels-overview, read 2026-11-25.
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,62}", re.ASCII)
_VALUE = re.compile(r"[a-z0-9_-]{0,63}", re.ASCII)


def findings(setting: Setting, resources: tuple[PlannedResource, ...]) -> Iterator[Diagnostic]:
    yield from _tags(setting)
    yield from _domain(setting)
    yield from _unused(setting)
    yield from _platform(setting)
    yield from _names(setting, resources)


def _tags(setting: Setting) -> Iterator[Diagnostic]:
    for key, value in sorted(setting.environment.tags.items()):
        if _KEY.fullmatch(key) is None:
            reason, cure = "its key is none", "write the key in lower case, beginning with a letter"
        elif key.startswith("infragraph-"):
            reason, cure = "its key is one of ours", "choose a key with another beginning"
        elif _VALUE.fullmatch(value) is None:
            reason, cure = f"its value is {value!r}", "write a value in lower case, without spaces"
        else:
            continue
        yield TAG_NOT_A_LABEL.at(
            setting.environment.place("tags", key),
            key=key,
            environment=setting.environment.name,
            reason=reason,
            cure=cure,
        )


def _domain(setting: Setting) -> Iterator[Diagnostic]:
    domain = setting.environment.domain
    if domain is not None:
        yield DOMAIN_NOT_SERVED.at(
            setting.environment.place("domain"),
            domain=domain,
            environment=setting.environment.name,
        )


def _platform(setting: Setting) -> Iterator[Diagnostic]:
    platform = setting.environment.image_platform
    if platform != "linux/amd64":
        yield PLATFORM_NOT_RUN.at(
            setting.environment.place("image_platform"),
            platform=platform,
            environment=setting.environment.name,
        )


_UNUSED: Mapping[str, str] = {
    "cluster": "services run on Cloud Run, which has none",
    "kms_key": "everything is encrypted by keys of Google's",
    "listener": "services of Cloud Run have addresses of their own",
}
"""By setting, why there is no use for it."""


def _unused(setting: Setting) -> Iterator[Diagnostic]:
    for key, instead in _UNUSED.items():
        if getattr(setting.environment, key) is not None:
            yield SETTING_NOT_USED.at(
                setting.environment.place(key),
                key=key,
                environment=setting.environment.name,
                instead=instead,
            )


def _names(setting: Setting, resources: tuple[PlannedResource, ...]) -> Iterator[Diagnostic]:
    """Names that long ones were cut to may meet, as unlikely as it is."""
    found: dict[tuple[str, str], PlannedResource] = {}
    for resource in resources:
        name = _called(resource)
        if name is None or not resource.origin:
            continue
        first = found.setdefault((resource.type, name), resource)
        if first.origin and first.address != resource.address:
            other = node(setting, resource.origin[0])
            yield NAMES_MEET.at(other.span, node=other.id, other=first.origin[0], name=name)


def _called(resource: PlannedResource) -> str | None:
    """What the cloud calls it, where that is not the object's own name."""
    spec = resource.properties["spec"]
    given = spec.get("resourceID") if isinstance(spec, Mapping) else None
    instance = spec.get("instanceRef") if isinstance(spec, Mapping) else None
    return f"{given} {instance}" if isinstance(given, str) else None
