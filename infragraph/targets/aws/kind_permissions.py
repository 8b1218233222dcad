"""What a service's code is allowed without an edge that asks for it, by the table in `needs`."""

from collections.abc import Iterable, Iterator, Sequence

from infragraph.model.graph import Edge, Node
from infragraph.model.plan import Joined, Permission, PlanValue
from infragraph.targets.aws import databases, needs, references
from infragraph.targets.aws.audit_record import OBJECTS, records
from infragraph.targets.aws.needs import Need
from infragraph.targets.aws.shared import REGION, Setting, key_arn
from infragraph.targets.aws.task_environment import used_nodes


def of_kinds(setting: Setting, service: str, edges: Sequence[Edge]) -> Iterator[Permission]:
    """The needs of what a service has; `edges` are those by which it acts."""
    own = [node for node in setting.graph.nodes if node.service == service]
    crons = [
        references.cron_queue_arn(setting, node)
        for node in own
        if node.kind == "cron" and references.cron_queue_url(setting, node) is not None
    ]
    relayed = _relayed(setting, service)
    yield from _needed(service, needs.CRON_QUEUE, crons)
    yield from _needed(service, needs.DEAD_LETTERS, _dead_letters(setting, own))
    yield from _needed(service, needs.MISSING_OBJECTS, _looked_into(setting, edges))
    yield from _needed(service, needs.OWNED_DATABASE, _owned(setting, service))
    yield from _needed(service, needs.RELAY, relayed)
    is_recording = records(setting, used_nodes(setting, service))
    yield from _needed(service, needs.AUDIT_RECORD, [OBJECTS] if is_recording else [])
    relations = {edge.relation for edge in edges}
    is_storing = "stores" in relations
    through = (
        (needs.TOPIC_KEY, "sns", "publishes" in relations or bool(relayed)),
        (needs.QUEUE_KEY, "sqs", "delivers" in relations or bool(crons)),
        (needs.BUCKET_KEY, "s3", is_storing),
        (needs.AUDIT_KEY, "s3", is_recording and not is_storing),
        (needs.SECRET_KEY, "secretsmanager", "reads" in relations),
    )
    for need, endpoint, is_wanted in through:
        if is_wanted:
            yield _use_of_key(setting, service, need, endpoint)


def verbs_of(uses: Iterable[Edge]) -> frozenset[str]:
    """The verbs of a bucket that are used."""
    found: set[str] = set()
    for use in uses:
        operations = use.properties["operations"]
        assert isinstance(operations, list | tuple)
        found.update(str(operation) for operation in operations)
    return frozenset(found)


def _dead_letters(setting: Setting, own: Sequence[Node]) -> list[PlanValue]:
    return [
        references.dead_letters_arn(node)
        for node in own
        if node.kind == "subscription" and references.has_dead_letters(setting, node)
    ]


def _looked_into(setting: Setting, edges: Sequence[Edge]) -> list[PlanValue]:
    """The buckets in which a service may ask for what is not there."""
    asked = {
        edge.target
        for edge in edges
        if edge.relation == "stores" and verbs_of([edge]) & {"download", "exists"}
    }
    return [references.bucket_arn(setting, it) for it in setting.graph.nodes if it.id in asked]


def _owned(setting: Setting, service: str) -> list[PlanValue]:
    return [databases.login_arn(setting, it, service) for it in databases.owned(setting, service)]


def _relayed(setting: Setting, service: str) -> list[PlanValue]:
    """The topics that others may leave messages for in the outbox of an owned database."""
    owned = databases.owned(setting, service)
    sharing = {user for it in owned for user in databases.users(setting, it)} - {service}
    by_id = {node.id: node for node in setting.graph.nodes}
    topics = {
        edge.target
        for edge in setting.graph.edges
        if edge.relation == "publishes" and by_id[edge.source].service in sharing
    }
    return [references.topic_arn(setting, by_id[topic]) for topic in sorted(topics)]


def _needed(service: str, need: Need, resources: Sequence[PlanValue]) -> Iterator[Permission]:
    once = tuple(it for at, it in enumerate(resources) if it not in resources[:at])
    if once:
        yield Permission(
            service=service, actions=need.actions, resources=once, ground="kind", why=need.why
        )


def _use_of_key(setting: Setting, service: str, need: Need, endpoint: str) -> Permission:
    """The key, through that one service of AWS alone."""
    via = Joined(parts=(f"{endpoint}.", REGION, ".amazonaws.com"))
    return Permission(
        service=service,
        actions=need.actions,
        resources=(key_arn(setting),),
        ground="kind",
        why=need.why,
        condition={"StringEquals": {"kms:ViaService": via}},
    )
