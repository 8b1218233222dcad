"""Who may call."""

from infragraph.documents.narrowing import Object
from infragraph.model.graph import Node, Property

NAME = "caller"


def requirement(endpoint: Node) -> list[Property] | None:
    if endpoint.properties.get("access") != "auth":
        return None
    return [{NAME: []}]


def scheme(auth_handler: str | None) -> Object:
    """A token, as is usual; a handler is handed the whole request and may look anywhere in it."""
    seen = "The auth handler" if auth_handler is None else f"`{auth_handler}`"
    return {
        NAME: {
            "type": "http",
            "scheme": "bearer",
            "description": (
                f"{seen} tells from the request who is calling. A bearer token is assumed "
                "here; the function may look for a cookie or another header instead."
            ),
        }
    }
