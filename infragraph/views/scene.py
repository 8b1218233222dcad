"""What every view looks at."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.model.graph import InfraGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A graph, and from the configuration who answers for what.

    `owners` are those of services by their names, `owner` that of the application.
    """

    graph: InfraGraph
    owners: Mapping[str, str]
    owner: str | None = None

    def owner_of(self, service: str | None) -> str | None:
        """That of a service, else that of the application."""
        return self.owner if service is None else self.owners.get(service, self.owner)
