"""A planned resource: what it is, whose it is, and whether it outlives its plan."""

from collections.abc import Mapping

from infragraph.model.plan import Attribute, PlannedResource, PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.setting import Setting

_PROJECT = "cnrm.cloud.google.com/project-id"
_DELETION = "cnrm.cloud.google.com/deletion-policy"


def resource(  # noqa: PLR0913 - what a resource consists of
    setting: Setting,
    type_: str,
    name: str,
    spec: Mapping[str, PlanValue],
    *,
    layer: str,
    node: str | None = None,
    service: str | None = None,
    retention: Retention = Retention.DELETE,
    project: str | None = None,
    after: tuple[str, ...] = (),
    notes: Mapping[str, PlanValue] | None = None,
) -> PlannedResource:
    """A thing of this environment; `node` is the one that it is there for.

    Its properties are those of an object of Config Connector, so that they can be overridden as the
    object itself would be changed.
    """
    metadata: dict[str, PlanValue] = {
        "name": name,
        "namespace": names.namespace(setting),
        "labels": _labels(setting, node=node, service=service),
        "annotations": _annotations(project or setting.project, retention),
    }
    return PlannedResource(
        address=address(type_, name),
        type=type_,
        properties={"metadata": metadata, "spec": dict(spec)},
        layer=layer,
        origin=() if node is None else (node,),
        after=after,
        retention=retention,
        notes=notes or {},
    )


def shared(  # noqa: PLR0913 - what a resource consists of
    setting: Setting,
    type_: str,
    name: str,
    spec: Mapping[str, PlanValue],
    *,
    layer: str,
    retention: Retention = Retention.DELETE,
    after: tuple[str, ...] = (),
) -> PlannedResource:
    """A thing that all previews of an application have together; elsewhere the environment's own.

    That of the previews outlives each of them.
    """
    retention = Retention.RETAIN if setting.is_preview else retention
    environment = names.PREVIEWS if setting.is_preview else setting.environment.name
    labels = {**_labels(setting), "infragraph-env": names.label(environment)}
    metadata: dict[str, PlanValue] = {
        "name": name,
        "namespace": names.shared_namespace(setting),
        "labels": labels,
        "annotations": _annotations(setting.project, retention),
    }
    return PlannedResource(
        address=address(type_, name),
        type=type_,
        properties={"metadata": metadata, "spec": dict(spec)},
        layer=layer,
        after=after,
        retention=retention,
    )


def address(type_: str, name: str) -> str:
    return f"{types.kind(type_)}/{name}"


def reference(type_: str, name: str) -> Attribute:
    """What refers to a resource of the plan."""
    return Attribute(address=address(type_, name))


def external(path: str) -> Mapping[str, PlanValue]:
    """What refers to something that exists without us."""
    return {"external": path}


def _labels(
    setting: Setting, *, node: str | None = None, service: str | None = None
) -> dict[str, PlanValue]:
    """The user's own come first, ours are never replaced by them."""
    labels: dict[str, PlanValue] = {
        key: setting.environment.tags[key] for key in sorted(setting.environment.tags)
    }
    labels["infragraph-app"] = names.label(setting.application)
    labels["infragraph-env"] = names.label(setting.environment.name)
    if service is not None:
        labels["infragraph-service"] = names.label(service)
    if node is not None:
        labels["infragraph-resource"] = names.node_label(node)
    return labels


def _annotations(project: str, retention: Retention) -> dict[str, PlanValue]:
    annotations: dict[str, PlanValue] = {_PROJECT: project}
    if retention is not Retention.DELETE:
        annotations[_DELETION] = "abandon"
    return annotations
