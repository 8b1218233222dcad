"""What the checks of the whole graph look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Label
from infragraph.frontend.machine import Machine
from infragraph.frontend.steps import Use
from infragraph.linking.declaring import Inventory
from infragraph.linking.used import Used
from infragraph.model.declaration import Declaration
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.resource import Resource
from infragraph.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One application: the graph, and what it was made of."""

    machine: Machine
    declarations: tuple[Declaration, ...]
    inventory: Inventory
    used: tuple[Used, ...]
    graph: InfraGraph
    settings: Settings

    @property
    def resources(self) -> Mapping[str, Resource]:
        return self.inventory.resources

    def nodes(self, kind: str) -> tuple[Node, ...]:
        """The nodes of a kind, by id."""
        return tuple(node for node in self.graph.nodes if node.kind == kind)

    def are_rivals(self, service: str | None, other: str | None) -> bool:
        """Whether two services claim the same package, so that it is not known whose it is."""
        if service is None or service == other:
            return False
        packages = {node.name: node.properties["package"] for node in self.nodes("service")}
        return packages.get(service, service) == packages.get(other or "")

    def uses(self, kind: str) -> Iterator[tuple[Used, Use, Resource]]:
        """The uses of resources of a kind whose names are known, with whose they are."""
        for used in self.used:
            if isinstance(used.step, Use):
                resource = self.resources.get(used.step.resource.key)
                if resource is not None and resource.kind == kind:
                    yield used, used.step, resource


def declared_here(node: Node | Resource) -> Label:
    """The second place of most findings."""
    return Label(span=node.span, text=f"the {node.kind} {node.name!r} is declared here")
