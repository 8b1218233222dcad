"""Bindings of roles to members: added one by one, never a whole policy."""

from collections.abc import Iterator, Mapping

from infragraph.formats.gcloud.accounts import email
from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.steps import Action, Bind, Command, flags
from infragraph.formats.gcloud.things import Thing, thing
from infragraph.model.plan import Attribute

STAGES: Mapping[str, str] = {
    "RunService": "run",
    "RunJob": "jobs",
    "PubSubSubscription": "subscriptions",
}
"""When a thing is there to have rights given on it; of other kinds it is by `access`."""

_COMMANDS: Mapping[str, Command] = {
    "IAMServiceAccount": ("iam", "service-accounts"),
    "Project": ("projects",),
    "PubSubSubscription": ("pubsub", "subscriptions"),
    "PubSubTopic": ("pubsub", "topics"),
    "RunJob": ("run", "jobs"),
    "RunService": ("run", "services"),
    "SecretManagerSecret": ("secrets",),
    "StorageBucket": ("storage", "buckets"),
}


def binding(it: Thing) -> Iterator[Action]:
    spec = it.spec
    on = spec.fields("resourceRef")
    kind = on.needed("kind")
    on.take("apiVersion")
    if kind not in _COMMANDS:
        raise Unsaid(path="spec.resourceRef.kind")
    name = _on(it, kind, on)
    role = spec.needed("role")
    member = _member(it)
    condition = spec.fields("condition")
    narrowed = _condition(condition)
    for fields in (on, condition, spec):
        fields.done()
    if not narrowed and kind in {"Project", "IAMServiceAccount", "SecretManagerSecret"}:
        # A policy that has a condition anywhere wants to be told that this one has none.
        narrowed = ("--condition=None",)
    if narrowed and kind in {"PubSubTopic", "PubSubSubscription", "RunJob"}:
        raise Unsaid(path="spec.condition")
    yield Bind(
        command=(
            *_COMMANDS[kind], "add-iam-policy-binding", *name,
            f"--member={member}", f"--role={role}", *narrowed, "--format=none",
        )
    )  # fmt: skip


def _on(it: Thing, kind: str, on: Fields) -> Command:
    """What it is on, by its name and where that is."""
    if "external" in on:
        return _external(kind, on.needed("external"), it.project)
    named = on.take("name")
    if not isinstance(named, Attribute):
        raise Unsaid(path="spec.resourceRef.name")
    found = thing(it.by_address[named.address], it.by_address)
    match kind:
        case "IAMServiceAccount":
            return (email(found), found.in_project)
        case "StorageBucket":
            return (f"gs://{found.name}", found.in_project)
        case "RunService" | "RunJob":
            return (found.name, f"--region={found.spec.needed('location')}", found.in_project)
        case _:
            return (found.name, found.in_project)


def _external(kind: str, path: str, project: str) -> Command:
    """Of a path the project and the place that it names."""
    if kind == "StorageBucket":
        return (f"gs://{path}", f"--project={project}")
    parts = path.split("/")
    if kind == "Project":
        return (parts[1],)
    where = (f"--region={parts[3]}",) if kind in {"RunService", "RunJob"} else ()
    return (parts[-1], *where, f"--project={parts[1]}")


def _member(it: Thing) -> str:
    member = it.spec.text("member")
    from_ = it.spec.fields("memberFrom")
    account = from_.take("serviceAccountRef")
    from_.done()
    if member is not None:
        return member
    found = it.referred(account)
    if isinstance(found, str):
        raise Unsaid(path="spec.memberFrom")
    return f"serviceAccount:{email(found)}"


def _condition(condition: Fields) -> Command:
    """Its parts are joined by what no expression of ours holds, since a comma would part them."""
    expression, title = condition.text("expression"), condition.text("title")
    if expression is None:
        return ()
    if "|" in expression or "|" in (title or ""):
        raise Unsaid(path="spec.condition.expression")
    return flags(("condition", f"^|^expression={expression}|title={title}"))
