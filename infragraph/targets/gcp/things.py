"""What rights are given on: a node as the thing that it is, made here or existing already."""

from infragraph.model.graph import Node
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import bucket, secret_path, subscription_path, topic_path
from infragraph.targets.gcp.rights import Thing
from infragraph.targets.gcp.setting import Setting, existing


def topic_thing(setting: Setting, topic: Node) -> Thing:
    if existing(setting, topic) is None:
        return Thing(type=types.TOPIC, name=names.topic_name(setting, topic))
    path = topic_path(setting, topic)
    return Thing(type=types.TOPIC, name=path, path=path)


def subscription_thing(setting: Setting, subscription: Node) -> Thing:
    if existing(setting, subscription) is None:
        return Thing(type=types.SUBSCRIPTION, name=names.subscription_name(setting, subscription))
    path = subscription_path(setting, subscription)
    return Thing(type=types.SUBSCRIPTION, name=path, path=path)


def dead_letter_thing(setting: Setting, subscription: Node) -> Thing:
    return Thing(type=types.TOPIC, name=names.dead_letter_name(setting, subscription))


def secret_thing(setting: Setting, secret: Node) -> Thing:
    if existing(setting, secret) is None:
        return Thing(type=types.SECRET, name=names.secret_name(setting, secret))
    path = secret_path(setting, secret)
    return Thing(type=types.SECRET, name=path, path=path)


def bucket_thing(setting: Setting, declared: Node) -> Thing:
    """A bucket that is ours is called by its object, not by what the world calls it."""
    if existing(setting, declared) is None:
        return Thing(
            type=types.BUCKET,
            name=bucket_object(setting, declared.name),
            called=bucket(setting, declared),
        )
    path = bucket(setting, declared)
    return Thing(type=types.BUCKET, name=path, path=path)


def bucket_object(setting: Setting, bucket_: str) -> str:
    return names.declared_name(setting, bucket_)


def service_thing(setting: Setting, service: str) -> Thing:
    return Thing(type=types.SERVICE, name=names.service_name(setting, service))


def project_thing(setting: Setting, project: str | None = None) -> Thing:
    """A whole project, ours unless another is named."""
    name = project or setting.project
    return Thing(type=types.PROJECT, name=name, path=f"projects/{name}")


def full_path(setting: Setting, thing: Thing) -> str:
    """What the cloud calls a thing, wherever it is said."""
    if thing.type == types.BUCKET:
        return f"projects/_/buckets/{thing.called or thing.path or thing.name}"
    if thing.path is not None:
        return thing.path
    project = f"projects/{setting.project}"
    match thing.type:
        case types.ACCOUNT:
            email = f"{thing.name}@{setting.project}.iam.gserviceaccount.com"
            return f"{project}/serviceAccounts/{email}"
        case types.SERVICE | types.JOB:
            collection = "services" if thing.type == types.SERVICE else "jobs"
            return f"{project}/locations/{setting.region}/{collection}/{thing.name}"
        case _:
            return f"{project}/{_COLLECTIONS[thing.type]}/{thing.name}"


_COLLECTIONS = {
    types.SECRET: "secrets",
    types.SUBSCRIPTION: "subscriptions",
    types.TOPIC: "topics",
}
