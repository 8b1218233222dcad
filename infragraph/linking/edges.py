"""Uses become edges, each with the evidence that justifies it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from infragraph.frontend.statics import span_of
from infragraph.frontend.steps import Stated, Use
from infragraph.kinds.subscription import Subscription
from infragraph.linking.used import Used
from infragraph.model.graph import Edge, Evidence, Property
from infragraph.model.resource import Resource

RELATIONS: Mapping[str, str] = {
    "topic": "publishes",
    "endpoint": "calls",
    "database": "queries",
    "bucket": "stores",
    "secret": "reads",
}
"""What using a resource of a kind is called."""

TARGETS: Mapping[str, str] = {relation: kind for kind, relation in RELATIONS.items()}


@dataclass(slots=True)
class _Collected:
    verbs: set[str] = field(default_factory=set[str])
    access: set[str] = field(default_factory=set[str])
    evidence: set[Evidence] = field(default_factory=set[Evidence])


def edges(used: Iterable[Used], resources: Mapping[str, Resource]) -> tuple[Edge, ...]:
    """All edges, sorted; a stated use counts where the node that it names exists."""
    ids = {resource.id for resource in resources.values()}
    collected: dict[tuple[str, str, str], _Collected] = {}
    for one in used:
        if one.source is None:
            continue
        match one.step:
            case Use() as use if use.resource.key in resources:
                resource = resources[use.resource.key]
                key = (one.source, RELATIONS[resource.kind], resource.id)
                into = collected.setdefault(key, _Collected())
                into.verbs.add(use.verb)
                into.access.update(() if use.access is None else (use.access,))
                into.evidence.add(Evidence(span=span_of(use.place), via=one.via))
            case Stated() as stated if is_sound(stated, ids):
                key = (one.source, stated.relation, stated.target)
                into = collected.setdefault(key, _Collected())
                place = span_of(stated.place)
                into.evidence.add(Evidence(span=place, via=one.via, is_declared=True))
            case _:
                continue
    delivered = (
        Edge(
            source=resource.topic.id,
            relation="delivers",
            target=resource.id,
            properties={},
            evidence=(Evidence(span=resource.span, via=()),),
        )
        for resource in resources.values()
        if isinstance(resource, Subscription) and resource.topic is not None
    )
    made = (
        Edge(
            source=source,
            relation=relation,
            target=target,
            properties=_properties(relation, found),
            evidence=_shortest(found.evidence),
        )
        for (source, relation, target), found in collected.items()
    )
    by_ends = {(edge.source, edge.relation, edge.target): edge for edge in (*made, *delivered)}
    return tuple(by_ends[key] for key in sorted(by_ends))


def is_sound(stated: Stated, ids: Iterable[str]) -> bool:
    """Whether what a comment states is a relation to a node that exists."""
    kind = TARGETS.get(stated.relation)
    return kind is not None and stated.target.startswith(f"{kind}:") and stated.target in ids


def _properties(relation: str, found: _Collected) -> Mapping[str, Property]:
    match relation:
        case "queries":
            return {"access": _access(found.access)}
        case "stores":
            return {"operations": sorted(found.verbs)}
        case _:
            return {}


def _access(found: set[str]) -> str:
    """What all statements together do: one whose text is not known may do anything."""
    if "read-write" in found or {"read", "write"} <= found:
        return "read-write"
    if not found or "unknown" in found:
        return "unknown"
    return found.pop() if len(found) == 1 else "unknown"


def _shortest(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """One path to each place, sorted by place."""
    by_span: dict[object, Evidence] = {}
    for one in sorted(evidence, key=lambda found: (found.span, len(found.via), found.via)):
        by_span.setdefault(one.span, one)
    return tuple(by_span.values())
