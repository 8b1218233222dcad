"""Which service depends on which other, and by what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from infragraph.documents.resources import is_resource
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.page import Cell, Phrase, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """`service` would miss `on`, by name; `how` says for what."""

    service: str
    on: str
    how: Phrase


def dependencies(contents: Contents) -> tuple[Dependency, ...]:
    """Calls, messages received, and stores of others, each once."""
    found = (it for it in _every(contents) if it.service != it.on)
    return tuple(sorted(dict.fromkeys(found), key=lambda it: (it.service, it.on)))


def grouped(found: Iterable[Dependency], *, by_service: bool) -> tuple[tuple[str, Cell], ...]:
    """A row for each service, with how on lines below each other."""
    rows: dict[str, list[Phrase]] = {}
    for it in found:
        rows.setdefault(it.service if by_service else it.on, []).append(it.how)
    return tuple((name, tuple(lines)) for name, lines in sorted(rows.items()))


def _every(contents: Contents) -> Iterator[Dependency]:
    senders: dict[str, set[str]] = {}
    for edge in contents.graph.edges:
        sender = contents.service_of(edge.source)
        if edge.relation == "publishes" and sender is not None:
            senders.setdefault(edge.target, set()).add(sender)
    for edge in contents.graph.edges:
        service, target = contents.service_of(edge.source), contents.nodes.get(edge.target)
        if edge.relation == "delivers":
            receiver = contents.service_of(edge.target)
            if receiver is not None:
                how = (Text(text="receives "), contents.named(edge.source))
                for sender in sorted(senders.get(edge.source, ())):
                    yield Dependency(service=receiver, on=sender, how=how)
        elif service is not None and target is not None and target.service is not None:
            if target.kind == "endpoint":
                how = (Text(text="calls "), contents.link(target))
                yield Dependency(service=service, on=target.service, how=how)
            elif is_resource(target):
                how = (Text(text=f"uses {target.kind} "), contents.link(target))
                yield Dependency(service=service, on=target.service, how=how)
