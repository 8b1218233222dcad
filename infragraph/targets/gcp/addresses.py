"""How things on Google Cloud are called from outside of a plan: paths, addresses, e-mails.

All are known before anything is made, so that a runtime configuration holds them as they are.
"""

from infragraph.model.graph import Node
from infragraph.targets.gcp import names
from infragraph.targets.gcp.setting import Setting, existing, node

PUSH_ROUTE = "/__infragraph/push/"
CRON_ROUTE = "/__infragraph/cron/"
"""Routes of the runtime, followed by what its id says of a subscription or cron."""


def topic_path(setting: Setting, topic: Node) -> str:
    found = existing(setting, topic)
    if found is not None:
        return f"projects/{found['project']}/topics/{found['name']}"
    return f"projects/{setting.project}/topics/{names.topic_name(setting, topic)}"


def subscription_path(setting: Setting, subscription: Node) -> str:
    found = existing(setting, subscription)
    if found is not None:
        return f"projects/{found['project']}/subscriptions/{found['name']}"
    name = names.subscription_name(setting, subscription)
    return f"projects/{setting.project}/subscriptions/{name}"


def dead_letter_path(setting: Setting, subscription: Node) -> str:
    return f"projects/{setting.project}/topics/{names.dead_letter_name(setting, subscription)}"


def secret_path(setting: Setting, secret: Node) -> str:
    found = existing(setting, secret)
    if found is not None:
        return f"projects/{found['project']}/secrets/{found['name']}"
    return f"projects/{setting.project}/secrets/{names.secret_name(setting, secret)}"


def bucket(setting: Setting, declared: Node) -> str:
    """The bucket's name, which is all that an address of one is."""
    found = existing(setting, declared)
    return names.bucket_name(setting, declared.name) if found is None else found["name"]


def service_url(setting: Setting, service: str) -> str:
    """Where Cloud Run serves it, by the project's number, so that it is known beforehand.

    https://cloud.google.com/run/docs/triggering/https-request#deterministic, read 2026-11-25.
    """
    found = existing(setting, node(setting, f"service:{service}"))
    if found is not None:
        return found["url"]
    name = names.service_name(setting, service)
    return f"https://{name}-{setting.project_number}.{setting.region}.run.app"


def push_route(subscription: Node) -> str:
    return PUSH_ROUTE + subscription.id.partition(":")[2]


def cron_route(cron: Node) -> str:
    return CRON_ROUTE + cron.name


def account_email(setting: Setting, service: str) -> str:
    return _email(setting, names.account_name(setting, service))


def push_email(setting: Setting) -> str:
    """Of who Pub/Sub comes as when it pushes."""
    return _email(setting, names.own_account_name(setting, "push"))


def cron_email(setting: Setting) -> str:
    """Of who Cloud Scheduler comes as."""
    return _email(setting, names.own_account_name(setting, "cron"))


def pubsub_agent(setting: Setting) -> str:
    """Pub/Sub's own account in the project, which forwards dead letters."""
    return f"service-{setting.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"


def database_role(setting: Setting, account: str) -> str:
    """The role of PostgreSQL that an account logs in as: its e-mail without the common ending.

    https://cloud.google.com/sql/docs/postgres/add-manage-iam-users, read 2026-11-25.
    """
    return f"{account}@{setting.project}.iam"


def _email(setting: Setting, account: str) -> str:
    return f"{account}@{setting.project}.iam.gserviceaccount.com"
