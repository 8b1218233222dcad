"""Names of things on Google Cloud, each within its service's own limits."""

import re
from hashlib import sha256

from infragraph.model.graph import Node
from infragraph.targets.gcp.setting import Setting
from infragraph.targets.naming import physical_name

# https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names, read 2026-11-25: 3-255.
_LONGEST_PUBSUB = 255
# https://cloud.google.com/iam/docs/service-accounts-create, read 2026-11-25.
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 6, 30
# The discovery document of run v2, read 2026-11-25: "must be fewer than 50 characters".
_LONGEST_RUN = 49
# https://cloud.google.com/storage/docs/buckets#naming, read 2026-11-25.
_LONGEST_BUCKET = 63
# PostgreSQL's NAMEDATALEN less one: https://www.postgresql.org/docs/17/limits.html.
_LONGEST_DATABASE = 63
# RFC 1035, which networks, addresses and subnetworks follow; also the namespaces of Kubernetes.
_LONGEST_LABEL = 63
# https://cloud.google.com/sql/docs/postgres/instance-settings, read 2026-11-25: project and
# instance take 98 characters together, and a project takes at most 30.
_LONGEST_INSTANCE = 63
# Names of objects in Kubernetes: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
_LONGEST_OBJECT = 253

PREVIEWS = "previews"
"""Stands for the environment in what all previews of an application share."""


def joined(*parts: str) -> str:
    """`parts` joined by `-`, by `--` where it could not be told where one of them ends.

    Parts hold no two `-` in a row, so that different parts of one number give different names.
    """
    is_plain = not any("-" in part for part in parts[:-1])
    return ("-" if is_plain else "--").join(parts)


def topic_name(setting: Setting, topic: Node) -> str:
    return _pubsub(joined(*_scope(setting), topic.name))


def subscription_name(setting: Setting, subscription: Node) -> str:
    return _pubsub(joined(*_scope(setting), *_words(subscription)))


def dead_letter_name(setting: Setting, subscription: Node) -> str:
    """Of the topic of dead letters and of its subscription; no topic's own name holds four `--`."""
    return _pubsub("--".join((*_scope(setting), *_words(subscription), "dlq")))


def audit_name(setting: Setting, topic: Node) -> str:
    """Of the subscription that keeps all messages of a topic."""
    return _pubsub("--".join((*_scope(setting), topic.name, "audit", "trail")))


def service_name(setting: Setting, service: str) -> str:
    return physical_name(joined(*_scope(setting), service), limit=_LONGEST_RUN)


def worker_name(setting: Setting, service: str) -> str:
    full = joined(*_scope(setting), service, "worker")
    return physical_name(full, limit=_LONGEST_RUN)


def job_name(setting: Setting, kind: str, name: str) -> str:
    """Of a Run job: `cron`, `migrate` or `bootstrap`, and whose it is."""
    return physical_name(joined(*_scope(setting), kind, name), limit=_LONGEST_RUN)


def schedule_name(setting: Setting, cron: Node, number: int) -> str:
    """Of one of the schedules that a cron needs, counted from 1."""
    scope = _scope(setting)
    if number == 1:
        return _object(joined(*scope, cron.name))
    return _object("--".join((*scope, cron.name, str(number))))


def account_name(setting: Setting, service: str) -> str:
    """Of the account that a service runs as."""
    return _account(joined(*_scope(setting), service))


def own_account_name(setting: Setting, purpose: str) -> str:
    """Of an account that no service runs as; a service's name has no part `0`."""
    return _account("--".join((*_scope(setting), purpose, "0")))


def declared_name(setting: Setting, name: str) -> str:
    """Of the object for a bucket or a database, which the cloud itself calls otherwise."""
    return _object(joined(*_scope(setting), name))


def audit_bucket_name(setting: Setting, topic: Node) -> str:
    """Of the object for the bucket of an audit topic."""
    return _object("--".join((*_scope(setting), topic.name, "audit")))


def record_name(setting: Setting) -> str:
    """Of the object for the bucket of the record of audited topics."""
    return _object("--".join((*_scope(setting), "audit", "record", "0")))


def bucket_name(setting: Setting, bucket: str, *, kind: str | None = None) -> str:
    """Buckets share one name space with those of everybody else, hence the project."""
    parts = (setting.project, *_scope(setting), bucket)
    full = joined(*parts) if kind is None else "--".join((*parts, kind))
    if "google" in full or "g00gle" in full:
        # https://cloud.google.com/storage/docs/buckets#naming: names may not hold it.
        return f"infragraph-{sha256(full.encode()).hexdigest()[:32]}"
    return physical_name(full, limit=_LONGEST_BUCKET)


def secret_name(setting: Setting, secret: Node) -> str:
    return _object(joined(*_scope(setting), _lowered(secret.name)))


def own_secret_name(setting: Setting, secret: str) -> str:
    """Of a secret that no declaration speaks of; a secret's own name has no part `0`."""
    return _object("--".join((*_scope(setting), _lowered(secret), "0")))


def instance_name(setting: Setting) -> str:
    """Of the database server, which previews share: a name is taken for a week after it goes."""
    scope = (_word(setting.application), PREVIEWS) if setting.is_preview else _scope(setting)
    return physical_name(joined(*scope, "main"), limit=_LONGEST_INSTANCE)


def database_name(setting: Setting, database: Node) -> str:
    """On its server; that of the previews holds those of every preview."""
    if not setting.is_preview:
        return database.name
    full = joined(_word(setting.environment.name), database.name)
    return physical_name(full, limit=_LONGEST_DATABASE)


def network_name(setting: Setting) -> str:
    scope = (_word(setting.application), PREVIEWS) if setting.is_preview else _scope(setting)
    return physical_name(joined(*scope), limit=_LONGEST_LABEL - len("-peering"))


def repository_name(setting: Setting) -> str:
    """Of the repository of images, which all environments of an application in a project share."""
    return physical_name(_word(setting.application), limit=_LONGEST_LABEL)


def namespace(setting: Setting) -> str:
    return physical_name(joined(*_scope(setting)), limit=_LONGEST_LABEL)


def shared_namespace(setting: Setting) -> str:
    """Where what all previews share stands."""
    if not setting.is_preview:
        return namespace(setting)
    return physical_name(joined(_word(setting.application), PREVIEWS), limit=_LONGEST_LABEL)


def object_name(*parts: str) -> str:
    """Of an object of Config Connector that is no thing of its own in the cloud.

    No part holds a dot, but for the names of what exists already, which are told apart by a hash.
    """
    return _object(".".join(part if _is_word(part) else _word(part) for part in parts))


def label(text: str) -> str:
    """A label's value for any text, with a hash where the text itself is none.

    https://cloud.google.com/resource-manager/docs/labels-overview, read 2026-11-25.
    """
    if re.fullmatch(r"[a-z0-9_-]{0,63}", text, re.ASCII):
        return text
    slug = re.sub(r"[^a-z0-9_-]+", "_", text.lower(), flags=re.ASCII)[:54]
    return f"{slug}-{_digits(text)}"


def node_label(node: str) -> str:
    """A node's id as a label: no name of a thing that is labelled holds `_`, but for secrets'."""
    return label(node if "_" in node else node.replace(":", "_").replace("/", "_"))


def _scope(setting: Setting) -> tuple[str, str]:
    return _word(setting.application), _word(setting.environment.name)


def _words(subscription: Node) -> tuple[str, str]:
    topic, _, name = subscription.id.partition(":")[2].partition("/")
    return topic, name


def _word(text: str) -> str:
    """A name as it may be a part of others; one that has to be changed gets a hash."""
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text, re.ASCII):
        return text
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower(), flags=re.ASCII).strip("-")
    return "-".join(part for part in ("x", slug, _digits(text)) if part)


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-{1,2}[a-z0-9]+)*", text, re.ASCII) is not None


def _lowered(secret: str) -> str:
    """A secret's name in lower case with hyphens, which only some names can be turned back from."""
    lowered = secret.lower().replace("_", "-")
    if "--" not in lowered and not lowered.endswith("-"):
        return lowered
    slug = re.sub("-+", "-", lowered).strip("-")
    return f"{slug}-{_digits(secret)}"


def _pubsub(full: str) -> str:
    name = physical_name(full, limit=_LONGEST_PUBSUB - len("x-"))
    # The discovery document of pubsub v1: a name "must not start with `goog`".
    return f"x-{name}" if name.startswith("goog") else name


def _account(full: str) -> str:
    if len(full) < _SHORTEST_ACCOUNT:
        return f"{full}-{_digits(full)}"
    return physical_name(full, limit=_LONGEST_ACCOUNT)


def _object(full: str) -> str:
    return physical_name(full, limit=_LONGEST_OBJECT)


def _digits(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
