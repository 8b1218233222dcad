"""What a running service must know of each thing that it uses."""

from collections.abc import Callable, Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, PlanValue
from infragraph.portability.delivery import is_fifo
from infragraph.targets.aws.databases import listening, role, users
from infragraph.targets.aws.references import (
    bucket_name,
    cron_queue_url,
    dead_letters_address,
    has_dead_letters,
    queue_url,
    secret_arn,
    topic_arn,
)
from infragraph.targets.aws.shared import Setting

Address = Mapping[str, PlanValue]


def address(setting: Setting, node: Node) -> Address:
    """A node's entry in the runtime configuration; a kind that has none is a bug."""
    return _BY_KIND[node.kind](setting, node)


def _topic(setting: Setting, topic: Node) -> Address:
    return {"arn": topic_arn(setting, topic), "fifo": is_fifo(topic)}


def _subscription(setting: Setting, subscription: Node) -> Address:
    dead = Attribute(address=dead_letters_address(subscription))
    return {
        "queue_url": queue_url(setting, subscription),
        "dead_letter_url": dead if has_dead_letters(setting, subscription) else None,
    }


def _cron(setting: Setting, cron: Node) -> Address:
    return {"queue_url": cron_queue_url(setting, cron)}


def _database(setting: Setting, database: Node) -> Address:
    found = listening(setting, database)
    return {
        "host": found.host,
        "port": found.port,
        "name": found.name,
        "users": {service: role(service) for service in users(setting, database)},
        "login": "rds-iam",
        "region": setting.environment.region,
    }


def _bucket(setting: Setting, bucket: Node) -> Address:
    return {"bucket": bucket_name(setting, bucket), "region": setting.environment.region}


def _secret(setting: Setting, secret: Node) -> Address:
    return {"arn": secret_arn(setting, secret)}


_BY_KIND: Mapping[str, Callable[[Setting, Node], Address]] = {
    "topic": _topic,
    "subscription": _subscription,
    "cron": _cron,
    "database": _database,
    "bucket": _bucket,
    "secret": _secret,
}
