"""What stands for each declared thing in a plan, whether it is made here or exists already."""

from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlanValue
from infragraph.targets.aws.names import logical_id
from infragraph.targets.aws.shared import PARTITION, Setting, service_address
from infragraph.targets.existing import parts


def bound(setting: Setting, node: Node) -> Mapping[str, str] | None:
    """The parts of the address that a node is bound to, None for what is made here."""
    given = setting.environment.bindings.get(node.id)
    if given is None:
        return None
    found = parts("aws", node.kind, given)
    assert found is not None, "the form of a binding is checked where it is read"
    return found


def is_made(setting: Setting, node: Node) -> bool:
    """Whether a node's things are of this plan: it is neither bound nor another application's."""
    return setting.environment.is_created(node.id) and node.properties.get("external") is not True


def topic_of(setting: Setting, subscription: Node) -> Node:
    wanted = f"topic:{subscription.properties['topic']}"
    return next(node for node in setting.graph.nodes if node.id == wanted)


def topic_address(topic: Node) -> str:
    return logical_id(topic.name, "topic")


def topic_arn(setting: Setting, topic: Node) -> PlanValue:
    given = setting.environment.bindings.get(topic.id)
    return Attribute(address=topic_address(topic)) if given is None else given


def queue_address(subscription: Node, part: str = "queue") -> str:
    """The logical id of one of a subscription's things."""
    return logical_id(str(subscription.properties["topic"]), subscription.name, part)


def queue_arn(setting: Setting, subscription: Node) -> PlanValue:
    given = setting.environment.bindings.get(subscription.id)
    return Attribute(address=queue_address(subscription), name="Arn") if given is None else given


def queue_url(setting: Setting, subscription: Node) -> PlanValue:
    given = bound(setting, subscription)
    return Attribute(address=queue_address(subscription)) if given is None else _url(given)


def queue_name(setting: Setting, subscription: Node) -> PlanValue:
    """What its metrics are filed under."""
    given = bound(setting, subscription)
    if given is None:
        return Attribute(address=queue_address(subscription), name="QueueName")
    return given["name"]


def dead_letters_address(subscription: Node) -> str:
    return queue_address(subscription, "dead-letters")


def dead_letters_arn(subscription: Node) -> PlanValue:
    return Attribute(address=dead_letters_address(subscription), name="Arn")


def has_dead_letters(setting: Setting, subscription: Node) -> bool:
    """Whether a dead-letter queue is known: one beside a bound queue is not."""
    return (
        setting.environment.is_created(subscription.id)
        and subscription.properties.get("dead_letter") is True
    )


def cron_queue_address(service: str, part: str = "") -> str:
    """The queue that all crons of a service come through, and what belongs to it."""
    return service_address(service, f"Crons{part}")


def cron_queue_url(setting: Setting, cron: Node) -> PlanValue:
    """None for a cron that runs as a task of its own."""
    given = bound(setting, cron)
    if given is not None:
        return _url(given)
    if is_isolated(setting, cron):
        return None
    return Attribute(address=cron_queue_address(str(cron.service)))


def cron_queue_arn(setting: Setting, cron: Node) -> PlanValue:
    given = setting.environment.bindings.get(cron.id)
    if given is not None:
        return given
    return Attribute(address=cron_queue_address(str(cron.service)), name="Arn")


def is_isolated(setting: Setting, cron: Node) -> bool:
    return cron.name in setting.environment.isolated_crons


def bucket_address(bucket: Node) -> str:
    return logical_id(bucket.name, "bucket")


def bucket_name(setting: Setting, bucket: Node) -> PlanValue:
    given = setting.environment.bindings.get(bucket.id)
    return Attribute(address=bucket_address(bucket)) if given is None else given


def bucket_arn(setting: Setting, bucket: Node, objects: str = "") -> PlanValue:
    """The bucket's, or with `/*` that of all its objects."""
    given = setting.environment.bindings.get(bucket.id)
    if given is not None:
        return Joined(parts=("arn:", PARTITION, f":s3:::{given}{objects}"))
    arn = Attribute(address=bucket_address(bucket), name="Arn")
    return Joined(parts=(arn, objects)) if objects else arn


def secret_address(secret: Node) -> str:
    return logical_id(secret.name, "secret")


def secret_arn(setting: Setting, secret: Node) -> PlanValue:
    given = setting.environment.bindings.get(secret.id)
    return Attribute(address=secret_address(secret)) if given is None else given


def queues_of(setting: Setting, service: str) -> tuple[PlanValue, ...]:
    """The names of all queues that a service drains, each once: its backlog."""
    crons = [cron for cron in _owned(setting, service, "cron") if not is_isolated(setting, cron)]
    names: list[PlanValue] = [
        queue_name(setting, node) for node in _owned(setting, service, "subscription")
    ]
    names += [given["name"] for cron in crons if (given := bound(setting, cron)) is not None]
    if any(setting.environment.is_created(cron.id) for cron in crons):
        names.append(Attribute(address=cron_queue_address(service), name="QueueName"))
    return tuple(name for at, name in enumerate(names) if name not in names[:at])


def external_accounts(setting: Setting) -> tuple[str, ...]:
    """Accounts other than ours whose topics fill queues of ours."""
    topics = (node for node in setting.graph.nodes if node.kind == "topic")
    accounts = {given["account"] for node in topics if (given := bound(setting, node)) is not None}
    return tuple(sorted(accounts - {setting.environment.account}))


def _owned(setting: Setting, service: str, kind: str) -> list[Node]:
    return [node for node in setting.graph.nodes if node.kind == kind and node.service == service]


def _url(queue: Mapping[str, str]) -> str:
    """By its own region and account, which may be others than ours."""
    suffix = ".cn" if queue["region"].startswith("cn-") else ""
    host = f"sqs.{queue['region']}.amazonaws.com{suffix}"
    return f"https://{host}/{queue['account']}/{queue['name']}"
