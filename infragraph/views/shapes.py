"""Shapes for nodes: what is written on them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from infragraph.model.diagram import DEAD_LETTER, MISSING, Mark, Shape
from infragraph.model.graph import Node, Property
from infragraph.views.scene import Scene

Options: TypeAlias = Mapping[str, Property]

_UNITS = ((86400, "d"), (3600, "h"), (60, "min"))


def shape_of(node: Node, scene: Scene, *, group: str | None, marks: Iterable[Mark] = ()) -> Shape:
    """Where it stands in no group, its detail names its service."""
    details = [detail(node)]
    if group is None and node.kind != "service":
        details.insert(0, node.service)
    return Shape(
        id=node.id,
        kind=node.kind,
        node=node.id,
        label=node.name,
        detail=" · ".join(it for it in details if it) or None,
        group=group,
        service=node.service,
        owner=scene.owners.get(node.service or ""),
        span=node.span,
        marks=tuple(sorted({*marks, *_own_marks(node, is_grouped=group is not None)})),
    )


def dead_letter_of(subscription: Node, scene: Scene, *, group: str | None) -> Shape:
    """The queue for what a subscription could not handle."""
    return Shape(
        id=dead_letter_id(subscription),
        kind=DEAD_LETTER,
        node=subscription.id,
        label=subscription.name,
        detail="dead letters",
        group=group,
        service=subscription.service,
        owner=scene.owners.get(subscription.service or ""),
        span=subscription.span,
        marks=(Mark.DEAD_LETTER,),
    )


def has_dead_letters(node: Node) -> bool:
    return node.kind == "subscription" and node.properties.get("dead_letter") is True


def dead_letter_id(subscription: Node) -> str:
    return f"{DEAD_LETTER}:{subscription.id.partition(':')[2]}"


def missing(node: str) -> Shape:
    """An end of an edge that is no node: drawn all the same, so that the edge is."""
    return Shape(
        id=node,
        kind=MISSING,
        node=None,
        label=node,
        detail="not declared",
        group=None,
        service=None,
        owner=None,
        span=None,
    )


def detail(node: Node) -> str | None:
    """The line below a node's name: the little that tells it from others of its kind."""
    write = _DETAILS.get(node.kind)
    return None if write is None else write(node.properties)


def _own_marks(node: Node, *, is_grouped: bool) -> Iterable[Mark]:
    options = node.properties
    if has_dead_letters(node):
        yield Mark.DEAD_LETTER
    if options.get("external") is True or node.kind == "external":
        yield Mark.EXTERNAL
    if options.get("access") == "public" or options.get("public") is True:
        yield Mark.PUBLIC
    if node.service is None and node.kind != "external" and not is_grouped:
        yield Mark.UNOWNED


def _text(value: Property) -> str | None:
    return value if isinstance(value, str) else None


def _payload(value: Property) -> str | None:
    """The last part of a named type's name; of any other, the JSON type."""
    if not isinstance(value, Mapping):
        return None
    reference = value.get("$ref")
    if isinstance(reference, str):
        return reference.rpartition("/")[2].rpartition(".")[2]
    return _text(value.get("type"))


def _filter(value: Property) -> str | None:
    names = sorted(value) if isinstance(value, Mapping) else ()
    return f"only by {', '.join(names)}" if names else None


def _every(value: Property) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for length, unit in _UNITS:
        if value >= length and value % length == 0:
            return f"every {value // length:g} {unit}"
    return f"every {value:g} s"


def _shared(value: Property) -> str | None:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return None
    names = [name for name in value if isinstance(name, str)]
    return f"shared with {', '.join(names)}" if names else None


def _endpoint(options: Options) -> str | None:
    words = (options.get("method"), options.get("path"))
    return " ".join(word for word in words if isinstance(word, str)) or None


def _bucket(options: Options) -> str | None:
    return ", ".join(word for word in ("public", "versioned") if options.get(word) is True) or None


_DETAILS: Mapping[str, Callable[[Options], str | None]] = {
    "bucket": _bucket,
    "cron": lambda options: _every(options.get("every")) or _text(options.get("schedule")),
    "database": lambda options: _shared(options.get("shared_with")),
    "endpoint": _endpoint,
    "service": lambda options: _text(options.get("package")),
    "subscription": lambda options: _filter(options.get("filter")),
    "topic": lambda options: _payload(options.get("payload")),
}
