"""AWS in memory, as far as a deployment talks to it: what is told to it, it keeps and repeats."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, NoReturn

from botocore.exceptions import ClientError

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.templates import mentioned

REGION = "eu-west-1"
ACCOUNT = "123456789012"
BUCKET = "artifacts"


@dataclass(slots=True)
class FakeStack:
    name: str
    status: str = "CREATE_COMPLETE"
    template: Any = field(default_factory=dict[str, Any])
    parameters: dict[str, str] = field(default_factory=dict[str, str])
    outputs: dict[str, str] = field(default_factory=dict[str, str])
    is_protected: bool = False
    policy: Any = None
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


@dataclass(slots=True)
class FakeAws:
    """`replacing` says of a resource how it is replaced; `failing` why a resource cannot be made.

    `held` is what buckets hold; `done` is what was carried out, in its order.
    """

    account: str = ACCOUNT
    replacing: dict[str, str] = field(default_factory=dict[str, str])
    failing: dict[str, str] = field(default_factory=dict[str, str])
    exit_code: int = 0
    stacks: dict[str, FakeStack] = field(default_factory=dict[str, FakeStack])
    change_sets: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    objects: dict[str, bytes] = field(default_factory=dict[str, bytes])
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    held: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    done: list[str] = field(default_factory=list[str])

    def clients(self) -> Clients:
        return Clients(
            region=REGION,
            is_emulated=True,
            cloudformation=FakeCloudFormation(self),
            ecs=FakeEcs(self),
            iam=FakeIam(),
            logs=FakeLogs(),
            s3=FakeS3(self),
            secretsmanager=FakeSecrets(self),
            sts=FakeSts(self),
        )

    def bootstrapped(self, application: str) -> "FakeAws":
        name = f"{application}-bootstrap"
        self.stacks[name] = FakeStack(name, outputs={"ArtifactBucket": BUCKET})
        return self


def _refuse(operation: str, code: str, message: str) -> NoReturn:
    raise ClientError({"Error": {"Code": code, "Message": message}}, operation)


@dataclass(slots=True)
class FakeSts:
    aws: FakeAws

    def get_caller_identity(self) -> Mapping[str, str]:
        return {"Account": self.aws.account, "Arn": f"arn:aws:iam::{self.aws.account}:user/ada"}


class FakeIam:
    def list_open_id_connect_providers(self) -> Mapping[str, Any]:
        return {"OpenIDConnectProviderList": []}


class FakeLogs:
    def filter_log_events(self, **_: Any) -> Mapping[str, Any]:
        return {"events": [{"message": 'relation "orders" does not exist\n'}]}


@dataclass(slots=True)
class FakeS3:
    aws: FakeAws
    meta: Any = field(default_factory=lambda: SimpleNamespace(endpoint_url="https://s3"))

    def put_object(self, **given: Any) -> None:
        self.aws.objects[given["Key"]] = given["Body"]

    def get_object(self, **given: Any) -> Mapping[str, Any]:
        if given["Key"] not in self.aws.objects:
            _refuse("GetObject", "NoSuchKey", "no such key")
        return {"Body": io.BytesIO(self.aws.objects[given["Key"]])}

    def get_paginator(self, _: str) -> SimpleNamespace:
        def paginate(**given: Any) -> Iterator[Mapping[str, Any]]:
            held = self.aws.held.get(given["Bucket"], [])
            yield {"Versions": [{"Key": key, "VersionId": "1"} for key in held]} if held else {}

        return SimpleNamespace(paginate=paginate)

    def delete_objects(self, **given: Any) -> None:
        for one in given["Delete"]["Objects"]:
            self.aws.held[given["Bucket"]].remove(one["Key"])
            self.aws.done.append(f"remove {given['Bucket']}/{one['Key']}")


@dataclass(slots=True)
class FakeSecrets:
    aws: FakeAws

    def describe_secret(self, **given: Any) -> Mapping[str, Any]:
        has_value = given["SecretId"] in self.aws.secrets
        return {"VersionIdsToStages": {"1": ["AWSCURRENT"]} if has_value else {}}

    def put_secret_value(self, **given: Any) -> None:
        self.aws.secrets[given["SecretId"]] = given["SecretString"]


@dataclass(slots=True)
class FakeEcs:
    aws: FakeAws
    counts: dict[str, int] = field(default_factory=dict[str, int])

    def run_task(self, **given: Any) -> Mapping[str, Any]:
        self.aws.done.append(f"task {given['taskDefinition']}")
        return {"tasks": [{"taskArn": f"arn:task/{given['taskDefinition']}"}], "failures": []}

    def describe_tasks(self, **_: Any) -> Mapping[str, Any]:
        containers = [{"name": "app", "exitCode": self.aws.exit_code}]
        return {"tasks": [{"lastStatus": "STOPPED", "containers": containers}]}

    def describe_task_definition(self, **_: Any) -> Mapping[str, Any]:
        options = {"awslogs-group": "/jobs", "awslogs-stream-prefix": "db"}
        container = {"name": "app", "logConfiguration": {"options": options}}
        return {"taskDefinition": {"containerDefinitions": [container]}}

    def describe_services(self, **given: Any) -> Mapping[str, Any]:
        return {
            "services": [
                {"serviceArn": arn, "desiredCount": self.counts.get(arn, 0)}
                for arn in given["services"]
            ]
        }


@dataclass(slots=True)
class FakeCloudFormation:
    """Its own ids stand for the physical ones; a reference to a parameter is its value."""

    aws: FakeAws

    def describe_stacks(self, **given: Any) -> Mapping[str, Any]:
        stack = self._stack(given["StackName"])
        return {
            "Stacks": [
                {
                    "StackId": f"id-{stack.name}",
                    "StackStatus": stack.status,
                    "EnableTerminationProtection": stack.is_protected,
                    "Parameters": [
                        {"ParameterKey": name, "ParameterValue": value}
                        for name, value in stack.parameters.items()
                    ],
                    "Outputs": [
                        {"OutputKey": name, "OutputValue": value}
                        for name, value in stack.outputs.items()
                    ],
                }
            ]
        }

    def get_template(self, **given: Any) -> Mapping[str, Any]:
        return {"TemplateBody": json.dumps(self._stack(given["StackName"]).template)}

    def create_change_set(self, **given: Any) -> Mapping[str, str]:
        name = given["StackName"]
        is_new = given["ChangeSetType"] == "CREATE"
        stack = self.aws.stacks.get(name)
        if is_new and stack is None:
            stack = self.aws.stacks[name] = FakeStack(name, status="REVIEW_IN_PROGRESS")
        assert stack is not None
        template = json.loads(self.aws.objects[given["TemplateURL"].partition(f"{BUCKET}/")[2]])
        values = _values(template, given["Parameters"], stack.parameters)
        id_ = f"change-set-{len(self.aws.change_sets) + 1}"
        self.aws.change_sets[id_] = {
            "stack": name,
            "template": template,
            "values": values,
            "changes": list(self._changes(stack, template, values)),
        }
        return {"Id": id_, "StackId": f"id-{name}"}

    def describe_change_set(self, **given: Any) -> Mapping[str, Any]:
        found = self.aws.change_sets[given["ChangeSetName"]]
        if not found["changes"]:
            reason = "The submitted information didn't contain changes."
            return {"Status": "FAILED", "StatusReason": reason}
        return {"Status": "CREATE_COMPLETE", "Changes": found["changes"]}

    def delete_change_set(self, **given: Any) -> None:
        del self.aws.change_sets[given["ChangeSetName"]]

    def execute_change_set(self, **given: Any) -> None:
        found = self.aws.change_sets.pop(given["ChangeSetName"])
        stack = self.aws.stacks[found["stack"]]
        verb = "CREATE" if stack.status == "REVIEW_IN_PROGRESS" else "UPDATE"
        tasks = {name: value for name, value in found["values"].items() if name.endswith("Tasks")}
        digest = found["values"].get("ImageDigest", "")[:9]
        self.aws.done.append(f"{verb} {stack.name} {digest} {tasks}")
        for name, resource in found["template"]["Resources"].items():
            if name in self.aws.failing:
                self._event(stack, name, resource["Type"], f"{verb}_FAILED", self.aws.failing[name])
                end = "ROLLBACK_COMPLETE" if verb == "CREATE" else "UPDATE_ROLLBACK_COMPLETE"
                self._finish(stack, end)
                return
            self._event(stack, name, resource["Type"], f"{verb}_COMPLETE")
        stack.template, stack.parameters = found["template"], found["values"]
        stack.outputs = {
            name: _value(one["Value"], found["values"])
            for name, one in found["template"].get("Outputs", {}).items()
        }
        self._finish(stack, f"{verb}_COMPLETE")

    def describe_stack_events(self, **given: Any) -> Mapping[str, Any]:
        return {"StackEvents": self._stack(given["StackName"]).events[::-1]}

    def get_paginator(self, operation: str) -> SimpleNamespace:
        pages = {
            "describe_stack_events": self.describe_stack_events,
            "list_stack_resources": self.list_stack_resources,
        }

        def paginate(**given: Any) -> Iterator[Mapping[str, Any]]:
            yield pages[operation](**given)

        return SimpleNamespace(paginate=paginate)

    def list_stack_resources(self, **given: Any) -> Mapping[str, Any]:
        stack = self._stack(given["StackName"])
        return {
            "StackResourceSummaries": [
                {
                    "LogicalResourceId": name,
                    "PhysicalResourceId": f"physical-{name}",
                    "ResourceType": one["Type"],
                    "ResourceStatus": "CREATE_COMPLETE",
                }
                for name, one in stack.template.get("Resources", {}).items()
            ]
        }

    def set_stack_policy(self, **given: Any) -> None:
        stack = self._stack(given["StackName"])
        stack.policy = json.loads(given["StackPolicyBody"])
        opened = stack.policy["Statement"][1].get("NotResource")
        if opened:
            self.aws.done.append(f"OPEN {opened}")

    def update_termination_protection(self, **given: Any) -> None:
        stack = self._stack(given["StackName"])
        stack.is_protected = given["EnableTerminationProtection"]

    def delete_stack(self, **given: Any) -> None:
        stack = self._stack(given["StackName"])
        self.aws.done.append(f"DELETE {stack.name}")
        for name, one in stack.template["Resources"].items():
            status = (
                "DELETE_COMPLETE" if one.get("DeletionPolicy") != "Retain" else "DELETE_SKIPPED"
            )
            self._event(stack, name, one["Type"], status)
        self._finish(stack, "DELETE_COMPLETE")

    def _stack(self, name: str) -> FakeStack:
        found = self.aws.stacks.get(name.removeprefix("id-"))
        if found is None:
            _refuse("DescribeStacks", "ValidationError", f"Stack with id {name} does not exist")
        return found

    def _changes(
        self, stack: FakeStack, template: Any, values: Mapping[str, str]
    ) -> Iterator[dict[str, Any]]:
        before = stack.template.get("Resources", {})
        after = template["Resources"]
        changed = {name for name in values if values[name] != stack.parameters.get(name)}
        for name in sorted({*before, *after}):
            one = after.get(name) or before[name]
            action = "Modify"
            if name not in before:
                action = "Add"
            elif name not in after:
                action = "Remove"
            elif before[name] == after[name] and not changed & set(mentioned(one)):
                continue
            resource: dict[str, Any] = {
                "Action": action,
                "LogicalResourceId": name,
                "ResourceType": one["Type"],
            }
            if action == "Modify":
                resource["Replacement"] = self.aws.replacing.get(name, "False")
            yield {"Type": "Resource", "ResourceChange": resource}

    def _finish(self, stack: FakeStack, status: str) -> None:
        stack.status = status
        self._event(stack, stack.name, "AWS::CloudFormation::Stack", status, physical="self")

    def _event(  # noqa: PLR0913, PLR0917 - the members of an event
        self,
        stack: FakeStack,
        name: str,
        type_: str,
        status: str,
        reason: str = "",
        physical: str = "",
    ) -> None:
        stack.events.append(
            {
                "EventId": f"event-{len(stack.events) + 1}",
                "StackId": f"id-{stack.name}",
                "PhysicalResourceId": f"id-{stack.name}" if physical else f"physical-{name}",
                "LogicalResourceId": name,
                "ResourceType": type_,
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
            }
        )


def _values(
    template: Any, given: list[dict[str, Any]], before: Mapping[str, str]
) -> dict[str, str]:
    found: dict[str, str] = {
        name: one["Default"]
        for name, one in template.get("Parameters", {}).items()
        if "Default" in one
    }
    for one in given:
        name = one["ParameterKey"]
        assert name in template["Parameters"], f"{name} is no parameter"
        found[name] = before[name] if one.get("UsePreviousValue") else one["ParameterValue"]
    missing = set(template.get("Parameters", {})) - set(found)
    assert not missing, f"no value for {sorted(missing)}"
    return found


def _value(written: Any, values: Mapping[str, str]) -> str:
    if isinstance(written, str):
        return written
    name = next(iter(mentioned(written)), "joined")
    return values.get(name, f"physical-{name}")
