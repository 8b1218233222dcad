"""What entities are called: at most 63 characters, and unlike in more than case.

The application comes first, since one catalogue holds those of many. What follows it tells apart
whatever would be called alike within a kind.
"""

from infragraph.documents.slugs import shortened, slug
from infragraph.model.graph import Node

LONGEST = 63


def system_name(application: str) -> str:
    return slug(application)


def component_name(application: str, service: str) -> str:
    return _name(application, slug(service))


def api_name(application: str, purpose: str, name: str) -> str:
    """`purpose` is a word without a hyphen: what the API is of."""
    return _name(application, f"{purpose}-{slug(name)}")


def resource_name(application: str, node: Node) -> str:
    return _name(application, f"{slug(node.kind)}-{slug(node.name)}")


def reference(kind: str, name: str) -> str:
    """How one entity names another: never read as one of another kind."""
    return f"{kind}:{name}"


def _name(application: str, rest: str) -> str:
    return shortened(f"{slug(application)}-{rest}", LONGEST)
