"""What carries the application's label and is in the plan no more: listed, never removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.formats.gcloud.steps import Command
from infragraph.formats.gcloud.things import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """`known` are those of a kind that the plan has; `listing` finds all that carry the labels."""

    shown: str
    listing: Command
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How a kind is listed: where its labels and its name are, and what is said beside."""

    shown: str
    command: Command
    labels: str = "labels"
    name: str = "name.basename()"
    is_regional: bool = False


_KINDS: Mapping[str, _Kind] = {
    "PubSubSubscription": _Kind(shown="subscription", command=("pubsub", "subscriptions", "list")),
    "PubSubTopic": _Kind(shown="topic", command=("pubsub", "topics", "list")),
    "RunJob": _Kind(
        shown="job",
        command=("run", "jobs", "list"),
        labels="metadata.labels",
        name="metadata.name",
        is_regional=True,
    ),
    "RunService": _Kind(
        shown="service",
        command=("run", "services", "list"),
        labels="metadata.labels",
        name="metadata.name",
        is_regional=True,
    ),
    "SQLInstance": _Kind(
        shown="database server",
        command=("sql", "instances", "list"),
        labels="settings.userLabels",
        name="name",
    ),
    "SecretManagerSecret": _Kind(shown="secret", command=("secrets", "list")),
    "StorageBucket": _Kind(shown="bucket", command=("storage", "buckets", "list"), name="name"),
}


def leftovers(things: Sequence[Thing], region: str) -> Iterator[Leftovers]:
    """For every kind, also where the plan has none of it: there may have been."""
    first = things[0]
    ours = ("infragraph-app", "infragraph-env")
    for kind, how in _KINDS.items():
        known = tuple(sorted(it.name for it in things if it.kind == kind))
        own = next((it for it in things if it.kind == kind), first)
        where = " AND ".join(f"{how.labels}.{key}={own.labels[key]}" for key in ours)
        yield Leftovers(
            shown=how.shown,
            listing=(
                *how.command,
                *((f"--region={region}",) if how.is_regional else ()),
                first.in_project,
                f"--filter={where}",
                f"--format=value({how.name})",
            ),
            known=known,
        )
