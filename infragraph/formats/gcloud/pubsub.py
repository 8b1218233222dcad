"""Topics and subscriptions."""

from collections.abc import Iterator

from infragraph.formats.gcloud.steps import Command, Ensure, flags, listed
from infragraph.formats.gcloud.things import Thing


def topic(it: Thing) -> Iterator[Ensure]:
    policy = it.spec.fields("messageStoragePolicy")
    settings = flags(
        (
            "message-storage-policy-allowed-regions",
            listed(policy.texts("allowedPersistenceRegions")),
        ),
        ("message-retention-duration", it.spec.text("messageRetentionDuration")),
    )
    policy.done()
    it.spec.done()
    named = (it.name, it.in_project)
    yield Ensure(
        describe=("pubsub", "topics", "describe", *named),
        create=("pubsub", "topics", "create", *named, f"--labels={it.label_flag}", *settings),
        update=(
            "pubsub", "topics", "update", *named, f"--update-labels={it.label_flag}", *settings,
        ),
    )  # fmt: skip


def subscription(it: Thing) -> Iterator[Ensure]:
    """What was decided at its creation is not said again: its topic, order and filter."""
    spec = it.spec
    once = (
        *flags(
            ("topic", it.path_of(spec.take("topicRef"), "topics")),
            ("message-filter", spec.text("filter")),
        ),
        *_switch("enable-message-ordering", is_on=spec.flag("enableMessageOrdering")),
    )
    cleared = _cleared(it)
    settings = (
        *flags(
            ("ack-deadline", spec.text("ackDeadlineSeconds")),
            ("message-retention-duration", spec.text("messageRetentionDuration")),
            ("expiration-period", _expiration(it)),
        ),
        *_switch("enable-exactly-once-delivery", is_on=spec.flag("enableExactlyOnceDelivery")),
        *_retry(it),
        *_dead_letters(it),
        *_push(it),
        *_storage(it),
    )
    spec.done()
    named = (it.name, it.in_project)
    yield Ensure(
        describe=("pubsub", "subscriptions", "describe", *named),
        create=(
            "pubsub", "subscriptions", "create", *named,
            f"--labels={it.label_flag}", *once, *settings,
        ),
        update=(
            "pubsub", "subscriptions", "update", *named,
            f"--update-labels={it.label_flag}", *settings, *cleared,
        ),
    )  # fmt: skip


def _cleared(it: Thing) -> Command:
    """What an update has to say of what is not asked for, since it may have been before."""
    is_kept = "cloudStorageConfig" in it.spec
    found = {
        # Without an address it is pulled.
        "--push-endpoint=": "pushConfig" not in it.spec and not is_kept,
        "--clear-dead-letter-policy": "deadLetterPolicy" not in it.spec,
        "--no-enable-exactly-once-delivery": "enableExactlyOnceDelivery" not in it.spec,
    }
    return tuple(flag for flag, is_absent in found.items() if is_absent)


def _switch(name: str, *, is_on: bool) -> Command:
    return (f"--{name}",) if is_on else ()


def _expiration(it: Thing) -> str:
    policy = it.spec.fields("expirationPolicy")
    ttl = policy.text("ttl")
    policy.done()
    return ttl or "never"


def _retry(it: Thing) -> Command:
    retry = it.spec.fields("retryPolicy")
    found = flags(
        ("min-retry-delay", retry.text("minimumBackoff")),
        ("max-retry-delay", retry.text("maximumBackoff")),
    )
    retry.done()
    return found


def _dead_letters(it: Thing) -> Command:
    if "deadLetterPolicy" not in it.spec:
        return ()
    policy = it.spec.fields("deadLetterPolicy")
    found = flags(
        ("dead-letter-topic", it.path_of(policy.take("deadLetterTopicRef"), "topics")),
        ("max-delivery-attempts", policy.text("maxDeliveryAttempts")),
    )
    policy.done()
    return found


def _push(it: Thing) -> Command:
    push = it.spec.fields("pushConfig")
    token = push.fields("oidcToken")
    found = flags(
        ("push-endpoint", push.text("pushEndpoint")),
        ("push-auth-service-account", token.text("serviceAccountEmail")),
        ("push-auth-token-audience", token.text("audience")),
    )
    token.done()
    push.done()
    return found


def _storage(it: Thing) -> Command:
    if "cloudStorageConfig" not in it.spec:
        return ()
    storage = it.spec.fields("cloudStorageConfig")
    found = flags(
        ("cloud-storage-bucket", it.name_of(storage.take("bucketRef"))),
        ("cloud-storage-max-duration", storage.text("maxDuration")),
    )
    storage.done()
    return found
