"""Services, workers and jobs of Cloud Run as the documents that `gcloud run … replace` reads.

https://cloud.google.com/run/docs/reference/yaml/v1, read 2026-11-25.
"""

import json
from collections.abc import Mapping

from infragraph.formats.gcloud.accounts import email
from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.things import Thing
from infragraph.model.graph import Property
from infragraph.model.plan import Parameter, PlanValue

Document = Mapping[str, Property]

_RUN = "run.googleapis.com"
_INGRESS = {
    "INGRESS_TRAFFIC_ALL": "all",
    "INGRESS_TRAFFIC_INTERNAL_ONLY": "internal",
    "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER": "internal-and-cloud-load-balancing",
}
_EGRESS = {"PRIVATE_RANGES_ONLY": "private-ranges-only", "ALL_TRAFFIC": "all-traffic"}
_EXECUTION = {
    "EXECUTION_ENVIRONMENT_GEN1": "gen1",
    "EXECUTION_ENVIRONMENT_GEN2": "gen2",
}


def service(it: Thing, image: str) -> Document:
    spec = it.spec
    annotations = {
        f"{_RUN}/ingress": _word(_INGRESS, spec, "ingress"),
        f"{_RUN}/launch-stage": spec.needed("launchStage"),
    }
    template = spec.fields("template")
    scaling = template.fields("scaling")
    revision: dict[str, Property] = {
        "autoscaling.knative.dev/minScale": scaling.needed("minInstanceCount"),
        "autoscaling.knative.dev/maxScale": scaling.needed("maxInstanceCount"),
        f"{_RUN}/execution-environment": _word(_EXECUTION, template, "executionEnvironment"),
        **_network(it, template),
    }
    (container,) = template.each("containers")
    running, throttling = _container(it, container, image)
    body: dict[str, Property] = {
        "serviceAccountName": _account(it, template),
        "containerConcurrency": _number(template, "maxInstanceRequestConcurrency"),
        "timeoutSeconds": _seconds(template, "timeout"),
        "containers": [running],
    }
    (traffic,) = spec.each("traffic")
    traffic.expect("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST")
    percent = _number(traffic, "percent")
    for fields in (scaling, template, traffic):
        fields.done()
    return _document(
        it,
        "serving.knative.dev/v1",
        "Service",
        annotations,
        {
            "template": {"metadata": {"annotations": {**revision, **throttling}}, "spec": body},
            "traffic": [{"latestRevision": True, "percent": percent}],
        },
    )


def worker_pool(it: Thing, image: str) -> Document:
    spec = it.spec
    scaling = spec.fields("scaling")
    annotations = {
        f"{_RUN}/launch-stage": spec.needed("launchStage"),
        f"{_RUN}/scalingMode": "manual",
        f"{_RUN}/manualInstanceCount": scaling.needed("manualInstanceCount"),
    }
    template = spec.fields("template")
    (container,) = template.each("containers")
    running, _ = _container(it, container, image)
    body: dict[str, Property] = {
        "serviceAccountName": _account(it, template),
        "containers": [running],
    }
    (split,) = spec.each("instanceSplits")
    split.expect("type", "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST")
    percent = _number(split, "percent")
    network = _network(it, template)
    for fields in (scaling, template, split):
        fields.done()
    return _document(
        it,
        "run.googleapis.com/v1",
        "WorkerPool",
        annotations,
        {
            "template": {"metadata": {"annotations": network}, "spec": body},
            "instanceSplits": [{"latestRevision": True, "percent": percent}],
        },
    )


def job(it: Thing, image: str) -> Document:
    spec = it.spec
    annotations = {f"{_RUN}/launch-stage": spec.needed("launchStage")}
    execution = spec.fields("template")
    task = execution.fields("template")
    (container,) = task.each("containers")
    running, _ = _container(it, container, image)
    body: dict[str, Property] = {
        "serviceAccountName": _account(it, task),
        "maxRetries": _number(task, "maxRetries"),
        # A number of 64 bits is a text in JSON: the discovery document of run v1.
        "timeoutSeconds": str(_seconds(task, "timeout")),
        "containers": [running],
    }
    execution_annotations: dict[str, Property] = {
        f"{_RUN}/execution-environment": _word(_EXECUTION, task, "executionEnvironment"),
        **_network(it, task),
    }
    outer: dict[str, Property] = {
        "taskCount": _number(execution, "taskCount"),
        "parallelism": _number(execution, "parallelism"),
        "template": {"spec": body},
    }
    for fields in (task, execution):
        fields.done()
    return _document(
        it,
        "run.googleapis.com/v1",
        "Job",
        annotations,
        {"template": {"metadata": {"annotations": execution_annotations}, "spec": outer}},
    )


def located(document: Document, region: str) -> Document:
    """A document that says itself where it goes."""
    metadata = document["metadata"]
    assert isinstance(metadata, Mapping), "a document has metadata"
    labels = metadata["labels"]
    assert isinstance(labels, Mapping), "everything is labelled"
    more = {"cloud.googleapis.com/location": region, **labels}
    return {**document, "metadata": {**metadata, "labels": more}}


def _document(
    it: Thing, version: str, kind: str, annotations: Mapping[str, Property], spec: Document
) -> Document:
    it.spec.expect("projectRef", {"external": f"projects/{it.project}"})
    it.spec.done()
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {
            "name": it.name,
            "namespace": it.project,
            "labels": {key: it.labels[key] for key in sorted(it.labels)},
            "annotations": dict(annotations),
        },
        "spec": spec,
    }


def _container(it: Thing, container: Fields, image: str) -> tuple[Document, Mapping[str, Property]]:
    """A container, and what is said of it on its revision."""
    if not isinstance(container.take("image"), Parameter):
        raise Unsaid(path=container.path("image"))
    resources = container.fields("resources")
    throttling: dict[str, Property] = {}
    if "cpuIdle" in resources:
        throttling[f"{_RUN}/cpu-throttling"] = resources.needed("cpuIdle")
    if "startupCpuBoost" in resources:
        throttling[f"{_RUN}/startup-cpu-boost"] = resources.needed("startupCpuBoost")
    running: dict[str, Property] = {
        "name": container.needed("name"),
        "image": image,
        "args": list(container.texts("args")),
        "env": [_variable(it, variable) for variable in container.each("env")],
        "resources": {"limits": dict(resources.pairs("limits"))},
    }
    ports: list[Property] = [
        {"name": port.needed("name"), "containerPort": _number(port, "containerPort")}
        for port in container.each("ports")
    ]
    if ports:
        running["ports"] = ports
    for name in ("startupProbe", "livenessProbe"):
        if name in container:
            running[name] = _probe(container.fields(name))
    resources.done()
    container.done()
    return running, throttling


def _variable(it: Thing, variable: Fields) -> Document:
    name = variable.needed("name")
    if "value" in variable:
        found: Document = {"name": name, "value": variable.needed("value")}
    else:
        source = variable.fields("valueSource")
        key = source.fields("secretKeyRef")
        version = key.fields("versionRef")
        found = {
            "name": name,
            "valueFrom": {
                "secretKeyRef": {
                    "name": it.name_of(key.take("secretRef")),
                    "key": version.needed("external"),
                }
            },
        }
        for fields in (version, key, source):
            fields.done()
    variable.done()
    return found


def _probe(probe: Fields) -> Document:
    get = probe.fields("httpGet")
    found: dict[str, Property] = {
        "httpGet": {"path": get.needed("path"), "port": _number(get, "port")}
    }
    for name in ("periodSeconds", "failureThreshold", "timeoutSeconds"):
        found[name] = _number(probe, name)
    get.done()
    probe.done()
    return found


def _network(it: Thing, template: Fields) -> Mapping[str, Property]:
    if "vpcAccess" not in template:
        return {}
    access = template.fields("vpcAccess")
    interfaces: list[Mapping[str, str]] = []
    for interface in access.each("networkInterfaces"):
        interfaces.append(
            {
                "network": it.name_of(interface.take("networkRef")),
                "subnetwork": it.name_of(interface.take("subnetworkRef")),
            }
        )
        interface.done()
    found: Mapping[str, Property] = {
        f"{_RUN}/network-interfaces": json.dumps(interfaces),
        f"{_RUN}/vpc-access-egress": _word(_EGRESS, access, "egress"),
    }
    access.done()
    return found


def _account(it: Thing, template: Fields) -> str:
    found = it.referred(template.take("serviceAccountRef"))
    return found if isinstance(found, str) else email(found)


def _word(words: Mapping[str, str], fields: Fields, name: str) -> str:
    given = fields.needed(name)
    if given not in words:
        raise Unsaid(path=fields.path(name))
    return words[given]


def _number(fields: Fields, name: str) -> int:
    value: PlanValue = fields.take(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unsaid(path=fields.path(name))
    return value


def _seconds(fields: Fields, name: str) -> int:
    given = fields.needed(name)
    if not given.removesuffix("s").isdigit():
        raise Unsaid(path=fields.path(name))
    return int(given.removesuffix("s"))
