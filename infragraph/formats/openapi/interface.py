"""What one document is about: endpoints of one service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from infragraph.documents.narrowing import items
from infragraph.model.graph import InfraGraph, Node, Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """`auth_handler` is the application's, by the name of its function; None if there is none."""

    title: str
    doc: str | None
    service: str
    endpoints: tuple[Node, ...]
    mounts: Sequence[Property]
    auth_handler: str | None

    def offered(self) -> "Interface":
        """Without what is for services of the application alone."""
        return replace(self, endpoints=tuple(it for it in self.endpoints if not is_private(it)))


def of_service(graph: InfraGraph, service: Node) -> Interface:
    handlers = (it.properties.get("auth_handler") for it in graph.nodes if it.kind == "service")
    return Interface(
        title=f"{graph.application} {service.name}",
        doc=service.doc,
        service=service.name,
        endpoints=tuple(
            it for it in graph.nodes if it.kind == "endpoint" and it.service == service.name
        ),
        # Where it is written is of no concern to whoever calls.
        mounts=[
            {name: it for name, it in mount.items() if name != "module"}
            for mount in items(service.properties.get("mounts"))
            if isinstance(mount, Mapping)
        ],
        auth_handler=next((it for it in handlers if isinstance(it, str)), None),
    )


def is_private(endpoint: Node) -> bool:
    """Also where the source does not say who may call: less is offered rather than more."""
    return endpoint.properties.get("access") not in {"public", "auth"}
