"""Google Cloud Pub/Sub, by version 0.2.0 of its bindings.

Its channel binding demands a schema that Pub/Sub itself validates messages by. Ours are validated
by who receives them: there is none to name, and a channel's `x-infragraph` tells its retention.
"""

from infragraph.documents.narrowing import Object, mapping, present, text
from infragraph.documents.payloads import referred
from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.metadata import HEADERS
from infragraph.model.graph import InfraGraph, Node


def _message(topic: Node, graph: InfraGraph) -> Object:
    return {
        "googlepubsub": present(
            {"orderingKey": _ordering_key(topic, graph), "bindingVersion": "0.2.0"}
        )
    }


def _ordering_key(topic: Node, graph: InfraGraph) -> str | None:
    """A runtime expression: the key is the value that this field of the payload has."""
    field = text(topic.properties.get("ordering_key"))
    payload = mapping(topic.properties.get("payload"))
    named = mapping(graph.payloads.get(referred(payload) or "", payload))
    if field is None or field not in mapping(named.get("properties")):
        return None
    pointer = field.replace("~", "~0").replace("/", "~1")
    return f"$message.payload#/{pointer}"


GCP = Bindings(
    channel=lambda _topic: None,
    receive=lambda _subscription, _topic: None,
    message=_message,
    headers=HEADERS,
)
