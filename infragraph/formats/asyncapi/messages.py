"""The messages of a topic: its payload, and what travels beside it."""

from collections.abc import Mapping

from infragraph.documents.keys import key
from infragraph.documents.narrowing import Object, mapping, present
from infragraph.documents.payloads import referred
from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.schemas import in_draft_07
from infragraph.model.graph import InfraGraph, Node


def message(topic: Node, graph: InfraGraph, names: Mapping[str, str], bindings: Bindings) -> Object:
    """Named for its type, where that has a name."""
    payload = topic.properties.get("payload")
    name = names.get(referred(mapping(payload)) or "", key(topic.name))
    return present(
        {
            "name": name,
            "title": name,
            "payload": None if payload is None else in_draft_07(payload, names),
            "traits": None if bindings.headers is None else [{"$ref": METADATA}],
            "bindings": bindings.message(topic, graph),
        }
    )


def traits(bindings: Bindings) -> Object | None:
    """What the messages of all topics have in common."""
    if bindings.headers is None:
        return None
    return {"metadata": {"headers": bindings.headers}}


METADATA = "#/components/messageTraits/metadata"
