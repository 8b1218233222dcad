"""What a service's code is allowed: its edges, what its kinds need, and what it is granted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from infragraph.model.environment import Grant
from infragraph.model.graph import Edge, Node
from infragraph.model.plan import Permission, PlanValue
from infragraph.targets.aws import databases, needs, references
from infragraph.targets.aws.kind_permissions import of_kinds, verbs_of
from infragraph.targets.aws.shared import Setting

# What its consumer does, of which the edge says what the topic does.
_VERBS = {"delivers": "receives"}


def service_permissions(setting: Setting, service: str) -> tuple[Permission, ...]:
    """All that the role of a service's tasks allows, edges first; nothing is allowed twice."""
    edges = _edges_of(setting, service)
    asked = tuple(_of_edges(setting, service, edges))
    needed = (_beyond(permission, asked) for permission in of_kinds(setting, service, edges))
    return (
        *asked,
        *(permission for permission in needed if permission.resources),
        *(_granted(service, grant) for grant in setting.environment.grants.get(service, ())),
    )


def _edges_of(setting: Setting, service: str) -> tuple[Edge, ...]:
    """Those by which the service acts; a delivery is its consumer's."""
    owners = {node.id: node.service for node in setting.graph.nodes}
    return tuple(
        edge
        for edge in setting.graph.edges
        if owners[edge.target if edge.relation == "delivers" else edge.source] == service
    )


def _of_edges(setting: Setting, service: str, edges: Sequence[Edge]) -> Iterator[Permission]:
    nodes = {node.id: node for node in setting.graph.nodes}
    ordered = sorted(edges, key=lambda edge: (edge.relation, edge.target, edge.source))
    for (relation, target), those in groupby(ordered, key=lambda it: (it.relation, it.target)):
        uses = tuple(those)
        evidence = tuple(sorted({it for use in uses for it in use.evidence}))
        why = f"{service} {_VERBS.get(relation, relation)} {target}"
        for actions, resource in _asked(setting, service, nodes[target], uses):
            yield Permission(
                service=service,
                actions=actions,
                resources=(resource,),
                ground="edge",
                why=why,
                evidence=evidence,
            )


def _asked(
    setting: Setting, service: str, target: Node, uses: Sequence[Edge]
) -> Iterator[tuple[tuple[str, ...], PlanValue]]:
    actions = needs.EDGES.get(uses[0].relation, ())
    match uses[0].relation:
        case "publishes":
            yield actions, references.topic_arn(setting, target)
        case "delivers":
            yield actions, references.queue_arn(setting, target)
        case "queries":
            yield actions, databases.login_arn(setting, target, service)
        case "reads":
            yield actions, references.secret_arn(setting, target)
        case "stores":
            verbs = verbs_of(uses)
            on_objects = sorted({action for verb in verbs for action in needs.OBJECTS[verb]})
            if on_objects:
                yield tuple(on_objects), references.bucket_arn(setting, target, "/*")
            if "list" in verbs:
                yield (needs.LISTING,), references.bucket_arn(setting, target)
        case _:
            return


def _beyond(permission: Permission, asked: Sequence[Permission]) -> Permission:
    """What is left of a permission besides those that stand alone."""
    resources = tuple(
        resource
        for resource in permission.resources
        if not any(
            resource in other.resources and {*permission.actions} <= {*other.actions}
            for other in asked
        )
    )
    return replace(permission, resources=resources)


def _granted(service: str, grant: Grant) -> Permission:
    """A grant that ends is one that AWS itself no longer honours from then on."""
    ends = {"DateLessThanEquals": {"aws:CurrentTime": f"{grant.expiry}T23:59:59Z"}}
    return Permission(
        service=service,
        actions=grant.actions,
        resources=grant.resources,
        ground="grant",
        why=grant.reason,
        condition={} if grant.expiry is None else ends,
    )
