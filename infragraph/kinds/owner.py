"""The service that something belongs to."""

from infragraph.kinds.kind import Surroundings
from infragraph.model.declaration import Declaration


def service_of(declaration: Declaration, surroundings: Surroundings) -> str | None:
    """The service whose method declared it, else the one that owns the module."""
    if declaration.service is None:
        return surroundings.owner(declaration.module) or None
    service = surroundings.resources.get(declaration.service)
    return None if service is None else service.name
