"""One AsyncAPI document."""

from infragraph.documents.component_names import component_names
from infragraph.documents.doubts import doubts
from infragraph.documents.info import info
from infragraph.documents.keys import key
from infragraph.documents.narrowing import Object, mapping, present
from infragraph.documents.payloads import components
from infragraph.formats.asyncapi.channels import channel
from infragraph.formats.asyncapi.messages import message, traits
from infragraph.formats.asyncapi.operations import receive, receive_id, send, send_id
from infragraph.formats.asyncapi.part import Part
from infragraph.formats.asyncapi.schemas import in_draft_07
from infragraph.formats.asyncapi.targets import bindings_for
from infragraph.formats.given import Document
from infragraph.model.graph import InfraGraph


def document(part: Part, given: Document) -> Object:
    graph = given.scene.graph
    bindings = bindings_for(given.target)
    return present(
        {
            "asyncapi": "3.0.0",
            "info": info(part.title, part.doc, given.scene.owner_of(part.service)),
            "defaultContentType": "application/json",
            "channels": {
                key(topic.name): channel(topic, bindings, given.source_url) for topic in part.topics
            },
            "operations": {
                **{
                    send_id(sender, topic): send(sender, topic, given.source_url)
                    for sender, topic in part.sends
                },
                **{
                    receive_id(subscription): receive(
                        subscription, topic, bindings, given.source_url
                    )
                    for subscription, topic in part.receives
                },
            },
            "components": _components(part, graph, given),
            "x-infragraph-unresolved": doubts(graph.unresolved),
        }
    )


def _components(part: Part, graph: InfraGraph, given: Document) -> Object:
    bindings = bindings_for(given.target)
    names = component_names(graph.payloads)
    types = components(
        graph.payloads, (topic.properties.get("payload") for topic in part.topics), names
    )
    return present(
        {
            "messages": {
                key(topic.name): message(topic, graph, names, bindings) for topic in part.topics
            },
            "messageTraits": traits(bindings),
            "schemas": {
                name: mapping(in_draft_07(schema, names)) for name, schema in types.items()
            },
        }
    )
