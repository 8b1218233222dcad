"""An audit of IAM, of a template and the expected graph alone: it imports nothing of infragraph.

What a role allows is held against what the graph's edges, the grants and the table below ask for,
in both directions; then every wildcard is held against those that are documented.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]
Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
Right: TypeAlias = tuple[str, str]
"""An action, and what it is allowed on."""

RECEIVE = (
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
)
ON_OBJECTS = {
    "upload": ("s3:PutObject", "s3:AbortMultipartUpload"),
    "download": ("s3:GetObject",),
    "exists": ("s3:GetObject",),
    "delete": ("s3:DeleteObject",),
    "signed_url": ("s3:GetObject", "s3:PutObject"),
    "list": (),
}
RECORD = "AuditRecordBucket"
LISTS = {"list", "download", "exists"}
"""The last two since S3 hides from others whether an object is there."""

BY_PRINCIPAL = {
    "scheduler.amazonaws.com": {
        "sqs:SendMessage",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "ecs:RunTask",
        "iam:PassRole",
    },
    "vpc-flow-logs.amazonaws.com": {
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogStreams",
    },
    "monitoring.rds.amazonaws.com": set[str](),
    "firehose.amazonaws.com": {
        "s3:AbortMultipartUpload",
        "s3:GetBucketLocation",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "s3:PutObject",
        "kms:Decrypt",
        "kms:GenerateDataKey",
    },
    "sns.amazonaws.com": {
        "firehose:DescribeDeliveryStream",
        "firehose:PutRecord",
        "firehose:PutRecordBatch",
    },
}
"""What those that are not our code may do at most."""

STARTING = {
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "secretsmanager:GetSecretValue",
    "kms:Decrypt",
}
"""What starts a task may do at most: pull, log, and read what the task starts with."""

JOBS = {"secretsmanager:GetSecretValue", "kms:Decrypt", "rds-db:connect"}
"""What the tasks that create and migrate databases may do at most."""


def audited(templates: Iterable[Json], graph: Json, environment: Json) -> list[str]:
    """All that is allowed and should not be, or should be and is not; an empty list is good.

    `environment` has `grants`, `bindings` and `isolated_crons`, as they are configured.
    """
    resources = {name: it for each in templates for name, it in each["Resources"].items()}
    return sorted({*_roles(resources, graph, environment), *_wildcards(resources, environment)})


def _roles(resources: Json, graph: Json, environment: Json) -> Iterator[str]:
    names = {**_names(resources), **{it: node for node, it in environment["bindings"].items()}}
    tasks = _task_roles(resources, "TaskRoleArn")
    starting = _task_roles(resources, "ExecutionRoleArn")
    expected = _expected(graph, environment)
    seen: set[str] = set()
    for role, resource in resources.items():
        if resource["Type"] != "AWS::IAM::Role":
            continue
        found = set(_rights(resource, names))
        service = _tag(resource, "infragraph:service")
        if role in tasks and service is not None:
            seen.add(service)
            yield from (f"{role} lacks {it}" for it in expected[service] - found)
            yield from (f"{role} has {it} without a reason" for it in found - expected[service])
            continue
        most = _most(resource, role, tasks, starting)
        yield from (f"{role} has {it} without a reason" for it in found if it[0] not in most)
    yield from (f"{service} has no role" for service in _services(graph) if service not in seen)


def _most(resource: Json, role: str, tasks: set[str], starting: set[str]) -> set[str]:
    if role in starting:
        return STARTING
    if role in tasks:
        return JOBS
    trust = resource["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    (principal,) = {it["Principal"]["Service"] for it in trust}
    return BY_PRINCIPAL[principal]


def _expected(graph: Json, environment: Json) -> Mapping[str, set[Right]]:
    nodes = {node["id"]: node for node in graph["nodes"]}
    found: defaultdict[str, set[Right]] = defaultdict(set)
    for edge in graph["edges"]:
        source, target = nodes[edge["source"]], nodes[edge["target"]]
        actor = target if edge["relation"] == "delivers" else source
        if actor["service"] is not None:
            found[actor["service"]] |= set(_asked(edge, actor["service"]))
    for service in _services(graph):
        found[service] |= set(_table(graph, nodes, service, environment))
        found[service] |= set(_keys(found[service]))
        for grant in environment["grants"].get(service, ()):
            found[service] |= {
                (action, it) for action in grant["actions"] for it in grant["resources"]
            }
    return found


def _asked(edge: Json, service: str) -> Iterator[Right]:
    target = edge["target"]
    match edge["relation"]:
        case "publishes":
            yield "sns:Publish", target
        case "delivers":
            yield from ((action, target) for action in RECEIVE)
        case "queries":
            yield "rds-db:connect", _login(service)
        case "reads":
            yield "secretsmanager:GetSecretValue", target
        case "stores":
            for verb in edge["properties"]["operations"]:
                yield from ((action, f"{target}/*") for action in ON_OBJECTS[verb])
                if verb in LISTS:
                    yield "s3:ListBucket", target
        case _:
            return


def _table(graph: Json, nodes: Json, service: str, environment: Json) -> Iterator[Right]:
    """What kinds need beside their edges."""
    own = [node for node in graph["nodes"] if node["service"] == service]
    for node in own:
        has_dead_letters = (
            node["properties"].get("dead_letter") and node["id"] not in environment["bindings"]
        )
        if node["kind"] == "subscription" and has_dead_letters:
            yield "sqs:SendMessage", f"dead letters of {node['id']}"
        if node["kind"] == "cron" and node["name"] not in environment["isolated_crons"]:
            yield from ((action, f"service:{service}") for action in RECEIVE)
    if _records(graph, nodes, service):
        yield "s3:PutObject", f"{RECORD}/*"
    for node in graph["nodes"]:
        if node["kind"] == "database" and _owner(node) == service:
            yield "rds-db:connect", _login(service)
            sharing = {node["service"], *node["properties"]["shared_with"]} - {service}
            for edge in graph["edges"]:
                if edge["relation"] == "publishes" and nodes[edge["source"]]["service"] in sharing:
                    yield "sns:Publish", edge["target"]


def _records(graph: Json, nodes: Json, service: str) -> bool:
    """Whether it publishes, relays or handles what is recorded."""
    topics = {it["id"] for it in graph["nodes"] if it["properties"].get("audit")}
    owned = [it for it in graph["nodes"] if it["kind"] == "database" and _owner(it) == service]
    sharing = {name for it in owned for name in (it["service"], *it["properties"]["shared_with"])}
    published = {
        edge["target"]
        for edge in graph["edges"]
        if edge["relation"] == "publishes"
        and nodes[edge["source"]]["service"] in {service, *sharing}
    }
    handled = {
        f"topic:{it['properties']['topic']}"
        for it in graph["nodes"]
        if it["kind"] == "subscription" and it["service"] == service
    }
    return bool(topics & (published | handled))


def _keys(rights: Iterable[Right]) -> Iterator[Right]:
    """The key, through what it encrypts for."""
    used = {action.partition(":")[0] for action, on in rights if not on.startswith(RECORD)}
    if any(on.startswith(RECORD) for _, on in rights):
        yield "kms:GenerateDataKey", "key by s3"
    for namespace in used & {"sns", "sqs", "s3"}:
        yield from ((it, f"key by {namespace}") for it in ("kms:Decrypt", "kms:GenerateDataKey"))
    if "secretsmanager" in used:
        yield "kms:Decrypt", "key by secretsmanager"


def _owner(database: Json) -> str | None:
    if database["service"] is not None:
        return str(database["service"])
    shared = database["properties"]["shared_with"]
    return str(shared[0]) if shared else None


def _login(service: str) -> str:
    return f"login of svc_{service.replace('-', '_')}"


def _services(graph: Json) -> list[str]:
    return [node["name"] for node in graph["nodes"] if node["kind"] == "service"]


def _names(resources: Json) -> Mapping[str, str]:
    """By logical id what a thing is there for, as its tags say."""
    names: dict[str, str] = {}
    dead = {
        resource["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for resource in resources.values()
        if "RedrivePolicy" in resource["Properties"] and resource["Type"] == "AWS::SQS::Queue"
    }
    for name, resource in resources.items():
        node = _tag(resource, "infragraph:resource")
        if resource["Type"] == "AWS::KMS::Key":
            names[name] = "key"
        elif node is not None:
            names[name] = f"dead letters of {node}" if name in dead else node
    return names


def _rights(role: Json, names: Mapping[str, str]) -> Iterator[Right]:
    for policy in role["Properties"].get("Policies", ()):
        for statement in policy["PolicyDocument"]["Statement"]:
            via = _via(statement)
            for action in _listed(statement["Action"]):
                for resource in _listed(statement["Resource"]):
                    yield action, f"{_shown(resource, names)}{via}"


def _via(statement: Json) -> str:
    condition = statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService")
    return "" if condition is None else f" by {_text(condition).partition('.')[0]}"


def _shown(resource: Any, names: Mapping[str, str]) -> str:
    """What a resource is, in words that do not depend on how it is written."""
    text = _text(resource)
    if ":dbuser:" in text:
        return f"login of {text.rpartition('/')[2]}"
    name, objects = (text.removesuffix("/*"), "/*") if text.endswith("/*") else (text, "")
    # The ARN of a bucket that exists holds nothing but its name.
    name = name.rpartition(":s3:::")[2]
    return f"{names.get(name, name)}{objects}"


def _text(value: Any) -> str:
    """A value in which a logical id or a parameter stands for what it refers to."""
    if isinstance(value, str):
        return value
    ((function, argument),) = value.items()
    match function:
        case "Ref":
            # What a stack is given of another is called by its logical id, and an ending.
            return str(argument).removesuffix("ArnGiven").removesuffix("RefGiven")
        case "Fn::GetAtt":
            return str(argument[0])
        case "Fn::Join":
            return str(argument[0]).join(_text(part) for part in argument[1])
        case _:
            raise AssertionError(function)


def _task_roles(resources: Json, key: str) -> set[str]:
    return {
        _text(resource["Properties"][key])
        for resource in resources.values()
        if resource["Type"] == "AWS::ECS::TaskDefinition" and key in resource["Properties"]
    }


def _tag(resource: Json, key: str) -> str | None:
    tags = resource["Properties"].get("Tags", ())
    if isinstance(tags, Mapping):
        return None
    return next((str(it["Value"]) for it in tags if it["Key"] == key), None)


def _wildcards(resources: Json, environment: Json) -> Iterator[str]:
    buckets = {name for name, it in resources.items() if it["Type"] == "AWS::S3::Bucket"}
    buckets |= set(environment["bindings"].values())
    for name, resource in resources.items():
        for statement in _allowing(resource["Properties"]):
            is_key = resource["Type"] == "AWS::KMS::Key"
            for action in _listed(statement["Action"]):
                if "*" in action and not (is_key and action == "kms:*"):
                    yield f"{name} allows {action}"
            for it in _listed(statement.get("Resource", ())):
                text = _text(it)
                actions = set(_listed(statement["Action"]))
                is_token = text == "*" and actions == {"ecr:GetAuthorizationToken"}
                # The rest of a log group's or a bucket's ARN is what is in it.
                is_inside = text.endswith("/*") and _bucket(text) in buckets
                if "*" in text and not (is_token or is_inside or (is_key and text == "*")):
                    yield f"{name} allows something on {text}"
            everybody = "*" in _listed(statement.get("Principal", ()))
            if everybody and list(_listed(statement["Action"])) != ["s3:GetObject"]:
                yield f"{name} lets everybody {statement['Action']}"


def _bucket(text: str) -> str:
    return text.removesuffix("/*").rpartition(":s3:::")[2].partition("/")[0]


def _allowing(value: Value) -> Iterator[Json]:
    """All statements that allow something, wherever they stand."""
    match value:
        case Mapping():
            if value.get("Effect") == "Allow":
                yield value
            for item in value.values():
                yield from _allowing(item)
        case Sequence() if not isinstance(value, str):
            for item in value:
                yield from _allowing(item)
        case _:
            return


def _listed(value: Any) -> Sequence[Any]:
    return [value] if isinstance(value, str | Mapping) else value
