"""Buckets, secrets and the repository of images."""

import json
from collections.abc import Iterator

from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.steps import (
    DOCUMENT,
    Action,
    Always,
    Command,
    Ensure,
    Fed,
    Generate,
    flags,
    listed,
)
from infragraph.formats.gcloud.things import Thing


def bucket(it: Thing) -> Iterator[Action]:
    """What a bucket has only once it is there is said by an update right after."""
    spec, url = it.spec, f"gs://{it.name}"
    location = spec.needed("location")
    spec.expect("uniformBucketLevelAccess", True)  # noqa: FBT003 - a value of the plan
    protection = _protection(spec.text("publicAccessPrevention"))
    soft = spec.fields("softDeletePolicy")
    versioning = spec.fields("versioning")
    retention = spec.fields("retentionPolicy")
    rules = spec.each("lifecycleRule")
    settings = (
        "--uniform-bucket-level-access",
        *protection,
        *flags(
            ("soft-delete-duration", _seconds(soft.text("retentionDurationSeconds"))),
            ("retention-period", _seconds(retention.text("retentionPeriod"))),
        ),
    )
    later = (
        "--versioning" if versioning.flag("enabled") else "--no-versioning",
        f"--update-labels={it.label_flag}",
    )
    soft.done()
    versioning.done()
    retention.done()
    spec.done()
    yield Ensure(
        describe=("storage", "buckets", "describe", url, it.in_project),
        create=(
            "storage", "buckets", "create", url, it.in_project, f"--location={location}", *settings,
        ),
    )  # fmt: skip
    yield Always(command=("storage", "buckets", "update", url, it.in_project, *settings, *later))
    if rules:
        yield Fed(
            command=(
                "storage", "buckets", "update", url, it.in_project, f"--lifecycle-file={DOCUMENT}",
            ),
            document=_lifecycle(rules),
        )  # fmt: skip


def secret(it: Thing) -> Iterator[Action]:
    replication = it.spec.fields("replication")
    managed = replication.fields("userManaged")
    replicas = managed.each("replicas")
    locations = [replica.needed("location") for replica in replicas]
    for fields in (*replicas, managed, replication, it.spec):
        fields.done()
    named = (it.name, it.in_project)
    yield Ensure(
        describe=("secrets", "describe", *named),
        create=(
            "secrets", "create", *named, "--replication-policy=user-managed",
            *flags(("locations", listed(locations))), f"--labels={it.label_flag}",
        ),
        update=("secrets", "update", *named, f"--update-labels={it.label_flag}"),
    )  # fmt: skip
    if it.notes.get("generated"):
        yield Generate(
            listing=("secrets", "versions", "list", *named, "--format=value(name)"),
            create=("secrets", "versions", "add", *named, f"--data-file={DOCUMENT}"),
        )


def repository(it: Thing) -> Iterator[Action]:
    """Its clean-up has a command of its own, which reads rules from a file."""
    spec = it.spec
    spec.expect("format", "DOCKER")
    location = flags(("location", spec.needed("location")))
    docker = spec.fields("dockerConfig")
    settings = ("--immutable-tags",) if docker.flag("immutableTags") else ()
    docker.done()
    policies = spec.each("cleanupPolicies")
    spec.done()
    named = (it.name, it.in_project, *location)
    yield Ensure(
        describe=("artifacts", "repositories", "describe", *named),
        create=(
            "artifacts", "repositories", "create", *named, "--repository-format=docker",
            f"--labels={it.label_flag}", *settings,
        ),
        update=(
            "artifacts", "repositories", "update", *named,
            f"--update-labels={it.label_flag}", *settings,
        ),
    )  # fmt: skip
    if policies:
        yield _cleanup(it, location, policies)


def _cleanup(it: Thing, location: Command, policies: tuple[Fields, ...]) -> Action:
    """https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy, 2026-11-25."""
    document: list[object] = []
    for policy in policies:
        entry: dict[str, object] = {
            "name": policy.needed("id"),
            "action": {"type": policy.needed("action")},
        }
        kept, old = policy.fields("mostRecentVersions"), policy.fields("condition")
        count, age = kept.text("keepCount"), old.text("olderThan")
        if count is not None:
            entry["mostRecentVersions"] = {"keepCount": int(count)}
        if age is not None:
            entry["condition"] = {"olderThan": age}
        for fields in (kept, old, policy):
            fields.done()
        document.append(entry)
    named = (it.name, it.in_project, *location)
    return Fed(
        command=(
            "artifacts",
            "repositories",
            "set-cleanup-policies",
            *named,
            f"--policy={DOCUMENT}",
        ),
        document=f"{json.dumps(document, indent=2)}\n",
    )


def _protection(given: str | None) -> Command:
    match given:
        case None | "inherited":
            return ("--no-public-access-prevention",)
        case "enforced":
            return ("--public-access-prevention",)
        case _:
            raise Unsaid(path="spec.publicAccessPrevention")


def _seconds(given: str | None) -> str | None:
    return None if given is None else f"{given}s"


def _lifecycle(rules: tuple[Fields, ...]) -> str:
    """https://cloud.google.com/storage/docs/lifecycle-configurations, read 2026-11-25."""
    document: list[object] = []
    for rule in rules:
        action, condition = rule.fields("action"), rule.fields("condition")
        wanted: dict[str, object] = {}
        for name in ("age", "daysSinceNoncurrentTime"):
            days = condition.text(name)
            if days is not None:
                wanted[name] = int(days)
        if "withState" in condition:
            condition.expect("withState", "ARCHIVED")
            wanted["isLive"] = False
        document.append({"action": {"type": action.needed("type")}, "condition": wanted})
        for fields in (action, condition, rule):
            fields.done()
    return f"{json.dumps({'rule': document}, indent=2)}\n"
