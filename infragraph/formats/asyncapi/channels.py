"""Topics as channels."""

from infragraph.documents.keys import key
from infragraph.documents.links import source
from infragraph.documents.narrowing import Object, present
from infragraph.documents.prose import prose
from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.extension import options
from infragraph.model.graph import Node


def channel(topic: Node, bindings: Bindings, source_url: str | None) -> Object:
    """The address of a topic that another program owns is known in each environment alone."""
    name = key(topic.name)
    is_known = topic.properties.get("external") is not True and name == topic.name
    return {
        "address": topic.name if is_known else None,
        **present(
            {
                "title": topic.name,
                **prose(topic.doc),
                "messages": {name: {"$ref": f"#/components/messages/{name}"}},
                "tags": None if topic.service is None else [{"name": topic.service}],
                "externalDocs": source(source_url, topic.span),
                "bindings": bindings.channel(topic),
                "x-infragraph": options(topic, but="payload"),
            }
        ),
    }
