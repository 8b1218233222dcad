"""The removal of an environment from Google Cloud: what goes, what stays, and by which commands."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from infragraph.deploy.errors import refuse
from infragraph.model.plan import Plan, PlannedResource, PlanValue, Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """One thing, and the words behind `gcloud` that remove it."""

    kind: str
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How a kind is removed: in which group, and where a thing of it is to be looked for."""

    group: tuple[str, ...]
    place: str | None = None


# Nobody calls a thing any more by the time that it goes.
_WAYS: Mapping[str, _Way] = {
    "CloudSchedulerJob": _Way(group=("scheduler", "jobs"), place="location"),
    "PubSubSubscription": _Way(group=("pubsub", "subscriptions")),
    "RunService": _Way(group=("run", "services"), place="region"),
    "RunWorkerPool": _Way(group=("run", "worker-pools"), place="region"),
    "RunJob": _Way(group=("run", "jobs"), place="region"),
    "PubSubTopic": _Way(group=("pubsub", "topics")),
    "SecretManagerSecret": _Way(group=("secrets",)),
    "IAMServiceAccount": _Way(group=("iam", "service-accounts")),
}

_ABSENT = ("not_found", "not found", "does not exist", "cannot find", "could not be found")


def going(plan: Plan, project: str, region: str) -> tuple[Going, ...]:
    """In the order in which they go, by kind, then by name."""
    order = list(_WAYS)
    found = [
        _going(kind, _name(one), project, region)
        for one in plan.resources
        if (kind := kind_of(one)) in _WAYS and one.retention is Retention.DELETE
    ]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.name)))


def staying(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Kind and name of what is left, sorted; what gives rights goes with what it is on."""
    return tuple(
        sorted(
            (kind, _name(one))
            for one in plan.resources
            if (kind := kind_of(one)) != "IAMPolicyMember"
            and not (kind in _WAYS and one.retention is Retention.DELETE)
        )
    )


def remove(every: tuple[Going, ...], tell: Callable[[str], None]) -> None:
    """What is gone already is no failure."""
    for number, one in enumerate(every, start=1):
        done = subprocess.run(  # noqa: S603 - words, and no shell reads them
            ["gcloud", *one.command],  # noqa: S607 - the user's own
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        is_absent = any(words in done.stderr.lower() for words in _ABSENT)
        if done.returncode != 0 and not is_absent:
            said = [line for line in done.stderr.splitlines() if line.strip()]
            refuse(
                f"{one.kind} {one.name} could not be removed: {said[-1] if said else 'no reason'}",
                "mend it and run the same command again: what is gone is passed over",
            )
        end = "was not there" if done.returncode != 0 else "removed"
        tell(f"{number}/{len(every)} {one.kind} {one.name} {end}")


def kind_of(resource: PlannedResource) -> str:
    return resource.type.rpartition("/")[2]


def _going(kind: str, name: str, project: str, region: str) -> Going:
    way = _WAYS[kind]
    thing = f"{name}@{project}.iam.gserviceaccount.com" if kind == "IAMServiceAccount" else name
    return Going(kind=kind, name=name, command=(*_words(way, thing, project, region),))


def _words(way: _Way, thing: str, project: str, region: str) -> Iterator[str]:
    yield from (*way.group, "delete", thing)
    if way.place is not None:
        yield f"--{way.place}={region}"
    yield from (f"--project={project}", "--quiet")


def _name(resource: PlannedResource) -> str:
    """What the cloud calls it, which for some is another name than the object's."""
    metadata = _mapping(resource.properties.get("metadata"))
    spec = _mapping(resource.properties.get("spec"))
    own = spec.get("resourceID") or metadata.get("name")
    return str(own or resource.address)


def _mapping(value: PlanValue) -> Mapping[str, PlanValue]:
    return value if isinstance(value, Mapping) else {}
