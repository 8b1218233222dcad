"""What every view looks at."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.model.graph import InfraGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A graph, and from the configuration the owner of each service that has one, by its name."""

    graph: InfraGraph
    owners: Mapping[str, str]
