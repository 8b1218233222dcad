"""A graph on one screen: what each service publishes, consumes, owns and calls."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from infragraph.diagnostics.render.terminal import Colour, painted, safe, width, wrapped
from infragraph.model.graph import InfraGraph, Node

SCREEN = 40

_JOINED = "\xa0"
"""A space at which no line breaks, while lines are being made."""

_KINDS = (
    ("service", "services"),
    ("endpoint", "endpoints"),
    ("topic", "topics"),
    ("subscription", "subscriptions"),
    ("cron", "crons"),
    ("database", "databases"),
    ("bucket", "buckets"),
    ("secret", "secrets"),
    ("external", "externals"),
)
_OWNED = frozenset({"topic", "database", "bucket", "secret"})
_USED = {"queries": "uses", "stores": "uses", "reads": "uses"}


@dataclass(slots=True, kw_only=True)
class _Group:
    """A service, or all that belongs to none, with sorted things by what it does with them."""

    name: str
    does: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def add(self, verb: str, thing: str) -> None:
        self.does.setdefault(verb, set()).add(thing)


_VERBS = ("serves", "runs", "publishes", "consumes", "owns", "uses", "calls", "declares")
_FOREMOST = ("publishes", "consumes", "owns", "declares")


def summary(graph: InfraGraph, *, columns: int, is_coloured: bool) -> Iterator[str]:
    """What fits a screen: all things by name, the foremost ones, counts, the first services."""
    groups = _groups(graph)
    yield from _headline(graph, columns, is_coloured=is_coloured)
    for form in (_full, _foremost):
        lines = [line for group in groups for line in form(group, columns, is_coloured=is_coloured)]
        if len(lines) <= SCREEN:
            yield from lines
            return
    yield ""
    shown = 0
    for left, group in zip(range(len(groups), 0, -1), groups, strict=True):
        lines = list(_brief(group, columns, is_coloured=is_coloured))
        shown += len(lines)
        if shown > SCREEN - 2:
            yield f"and {left} more services"
            return
        yield from lines


def _headline(graph: InfraGraph, columns: int, *, is_coloured: bool) -> Iterator[str]:
    counts = Counter(node.kind for node in graph.nodes)
    parts = [
        f"{counts[kind]} {kind if counts[kind] == 1 else plural}"
        for kind, plural in _KINDS
        if counts[kind]
    ]
    said = _listed(parts) or "no infrastructure is declared"
    yield from _titled(safe(graph.application), said, columns, is_coloured=is_coloured)


def _groups(graph: InfraGraph) -> list[_Group]:
    nodes = {node.id: node for node in graph.nodes}
    groups = {node.name: _Group(name=node.name) for node in graph.nodes if node.kind == "service"}
    library = _Group(name="shared")
    for node in graph.nodes:
        group = library if node.service is None else groups.get(node.service, library)
        verb, thing = _declared(node, group is library)
        if verb:
            group.add(verb, thing)
    for edge in graph.edges:
        source, target = nodes.get(edge.source), nodes.get(edge.target)
        if source is None or target is None or source.service not in groups:
            continue
        verb, thing = _does(edge.relation, source, target)
        if verb:
            groups[source.service].add(verb, thing)
    ordered = [groups[name] for name in sorted(groups)]
    return [*ordered, library] if library.does else ordered


def _declared(node: Node, is_shared: bool) -> tuple[str, str]:  # noqa: FBT001 - a fact, not a mode
    name = safe(node.name)
    if node.kind in _OWNED or node.kind == "external":
        return "declares" if is_shared else "owns", f"{node.kind} {name}"
    if node.kind == "endpoint":
        method, path = node.properties.get("method"), node.properties.get("path")
        return "serves", safe(f"{method} {path}") if method and path else name
    if node.kind == "cron":
        return "runs", name
    if node.kind == "subscription":
        topic = node.id.partition(":")[2].partition("/")[0]
        return "consumes", f"{safe(topic)} ({name})"
    return "", ""


def _does(relation: str, source: Node, target: Node) -> tuple[str, str]:
    name = safe(target.name)
    if relation == "publishes":
        return "publishes", name
    if relation == "calls" and target.service != source.service:
        return "calls", safe(target.id.partition(":")[2])
    if relation in _USED and target.service != source.service:
        return "uses", f"{target.kind} {name}"
    return "", ""


def _full(group: _Group, columns: int, *, is_coloured: bool) -> Iterator[str]:
    yield ""
    yield painted(safe(group.name), Colour.BOLD, is_coloured=is_coloured)
    for verb in _VERBS:
        yield from _named(verb, group, columns)


def _foremost(group: _Group, columns: int, *, is_coloured: bool) -> Iterator[str]:
    """What a service publishes, consumes and owns by name, and the count of all else."""
    yield ""
    counts = _counts(group, [verb for verb in _VERBS if verb not in _FOREMOST])
    yield from _titled(safe(group.name), counts, columns, is_coloured=is_coloured)
    for verb in _FOREMOST:
        yield from _named(verb, group, columns)


def _brief(group: _Group, columns: int, *, is_coloured: bool) -> Iterator[str]:
    counts = _counts(group, _VERBS) or "nothing"
    yield from _titled(safe(group.name), counts, columns, is_coloured=is_coloured)


def _titled(name: str, said: str, columns: int, *, is_coloured: bool) -> Iterator[str]:
    """What is said of a name, which it stands behind; further lines are set in."""
    shown = painted(name, Colour.BOLD, is_coloured=is_coloured)
    first, *further = wrapped(said, columns - width(name) - 2) or [""]
    yield f"{shown}: {first.replace(_JOINED, ' ')}" if first else shown
    for line in wrapped(" ".join(further), columns - 2):
        yield f"  {line.replace(_JOINED, ' ')}"


def _counts(group: _Group, verbs: Iterable[str]) -> str:
    return _listed(f"{verb} {len(group.does[verb])}" for verb in verbs if verb in group.does)


def _listed(parts: Iterable[str]) -> str:
    """Parts in one line, which may break between them and not inside."""
    return ", ".join(part.replace(" ", _JOINED) for part in parts)


def _named(verb: str, group: _Group, columns: int) -> Iterator[str]:
    things = sorted(group.does.get(verb, ()))
    if not things:
        return
    lead = f"  {verb:<10} "
    lines = textwrap.wrap(
        _listed(things),
        max(columns, 40),
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (line.replace(_JOINED, " ") for line in lines)
