"""How much of a graph was found, and how much of what was found is in it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of nodes and edges together; the differences are sorted."""

    recall: float
    precision: float
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def agreement(found: Collection[str], expected: Collection[str]) -> Agreement:
    both = len(set(found) & set(expected))
    return Agreement(
        recall=both / len(expected) if expected else 1.0,
        precision=both / len(found) if found else 1.0,
        missing=tuple(sorted(set(expected) - set(found))),
        extra=tuple(sorted(set(found) - set(expected))),
    )


def found_in(output: Path) -> frozenset[str]:
    """Ids of nodes, and edges as `source relation target`, of what `analyze` printed."""
    document = json.loads(output.read_text("utf-8"))
    nodes = (node["id"] for node in document["nodes"])
    edges = (f"{one['source']} {one['relation']} {one['target']}" for one in document["edges"])
    return frozenset((*nodes, *edges))
