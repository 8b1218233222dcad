"""A template: parameters, resources and outputs, with no macro, transform or nested stack."""

import json
from collections.abc import Iterable, Mapping

from infragraph.formats.cloudformation.values import Json, written
from infragraph.model.plan import PlannedParameter, PlannedResource, PlanValue, Retention

_POLICIES = {
    Retention.DELETE: "Delete",
    Retention.RETAIN: "Retain",
    Retention.SNAPSHOT: "Snapshot",
}

# CloudFormation takes a snapshot of these unless it is told not to.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html,
# 2026-11-25
_KEPT_BY_DEFAULT = frozenset({"AWS::RDS::DBCluster", "AWS::RDS::DBInstance"})


def template(
    description: str,
    *,
    parameters: Iterable[PlannedParameter],
    given: Mapping[str, str],
    resources: Iterable[PlannedResource],
    outputs: Mapping[str, PlanValue],
) -> Mapping[str, Json]:
    """A template without what it has none of, since an empty section is a mistake.

    `given` are parameters that are read from SSM, with the names that they have there.
    """
    sections: dict[str, Json] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": description,
        "Outputs": {name: {"Value": written(value)} for name, value in outputs.items()},
        "Parameters": {
            **{it.name: _parameter(it) for it in parameters},
            **{name: _given(path) for name, path in given.items()},
        },
        "Resources": {it.address: _resource(it) for it in resources},
    }
    return {name: section for name, section in sections.items() if section}


def text(document: Mapping[str, Json]) -> str:
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _parameter(parameter: PlannedParameter) -> Json:
    default: dict[str, Json] = {}
    if parameter.default is not None:
        default = {"Default": parameter.default}
    return {
        "Type": "String",
        "Description": parameter.description,
        "AllowedPattern": parameter.pattern,
        **default,
    }


def _given(path: str) -> Json:
    return {"Type": "AWS::SSM::Parameter::Value<String>", "Default": path}


def _resource(resource: PlannedResource) -> Json:
    found: dict[str, Json] = {
        "Type": resource.type,
        "DependsOn": sorted(resource.after),
        "Metadata": written(resource.notes),
        "Properties": written(resource.properties),
    }
    is_kept = resource.retention is not Retention.DELETE
    if is_kept or resource.type in _KEPT_BY_DEFAULT:
        policy = _POLICIES[resource.retention]
        found |= {"DeletionPolicy": policy, "UpdateReplacePolicy": policy}
    return {name: value for name, value in found.items() if value}
