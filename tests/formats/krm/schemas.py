"""The schemas of Config Connector's kinds, and the references between objects."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[4] / "shared/schemas/config-connector"

needs_schemas = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the schemas of Config Connector are not in {FOLDER}"
)

Object = Mapping[str, Any]


def objects(files: Iterable[str]) -> list[Object]:
    return [it for text in files for it in yaml.safe_load_all(text) if it is not None]


def faults(objects_: Iterable[Object]) -> Iterator[str]:
    """What breaks the schema of its kind."""
    for it in objects_:
        validator = _validators()[it["apiVersion"], it["kind"]]
        for error in validator.iter_errors(it):  # pyright: ignore[reportUnknownMemberType]
            path = "/".join(str(part) for part in error.absolute_path)
            yield f"{it['kind']}/{it['metadata']['name']} {path}: {error.message}"


def dangling(objects_: Iterable[Object]) -> Iterator[str]:
    """References by name to an object that is not there."""
    every = list(objects_)
    there = {(it["kind"], it["metadata"]["namespace"], it["metadata"]["name"]) for it in every}
    for it in every:
        namespace = it["metadata"]["namespace"]
        for key, reference in _references(it["spec"]):
            kind = reference.get("kind") or _KINDS[key]
            wanted = (kind, reference.get("namespace", namespace), reference["name"])
            if wanted not in there:
                yield f"{it['kind']}/{it['metadata']['name']} {key}: {wanted}"


def references(objects_: Iterable[Object]) -> int:
    return sum(1 for it in objects_ for _ in _references(it["spec"]))


def _references(value: object, key: str = "") -> Iterator[tuple[str, Object]]:
    if isinstance(value, list):
        for member in cast("list[object]", value):
            yield from _references(member, key)
    elif isinstance(value, dict):
        members = cast("dict[str, object]", value)
        if "name" in members and (key in _KINDS or key == "resourceRef"):
            yield key, members
        for name, member in members.items():
            yield from _references(member, name)


_KINDS = {
    "bucketRef": "StorageBucket",
    "deadLetterTopicRef": "PubSubTopic",
    "instanceRef": "SQLInstance",
    "networkRef": "ComputeNetwork",
    "notificationChannels": "MonitoringNotificationChannel",
    "privateNetworkRef": "ComputeNetwork",
    "reservedPeeringRanges": "ComputeAddress",
    "secretRef": "SecretManagerSecret",
    "serviceAccountRef": "IAMServiceAccount",
    "subnetworkRef": "ComputeSubnetwork",
    "topicRef": "PubSubTopic",
}


@cache
def _validators() -> Mapping[tuple[str, str], Draft202012Validator]:
    found: dict[tuple[str, str], Draft202012Validator] = {}
    for path in sorted(FOLDER.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        kind = schema["properties"]
        found[kind["apiVersion"]["const"], kind["kind"]["const"]] = Draft202012Validator(schema)
    return found
