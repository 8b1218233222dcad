"""Publishing as sending, subscriptions as receiving."""

from infragraph.documents.keys import key
from infragraph.documents.links import source
from infragraph.documents.narrowing import Object, present
from infragraph.documents.prose import prose
from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.extension import occasion, options
from infragraph.model.graph import Node, Property


def send_id(sender: Node, topic: Node) -> str:
    return f"{_dotted(sender)}.send.{key(topic.name)}"


def send(sender: Node, topic: Node, source_url: str | None) -> Object:
    return _operation("send", sender, topic, source_url) | {"x-infragraph": occasion(sender)}


def receive_id(subscription: Node) -> str:
    return f"{_dotted(subscription)}.receive"


def receive(subscription: Node, topic: Node, bindings: Bindings, source_url: str | None) -> Object:
    return _operation("receive", subscription, topic, source_url) | present(
        {
            "bindings": bindings.receive(subscription, topic),
            "x-infragraph": options(subscription, but="topic"),
        }
    )


def _operation(action: str, node: Node, topic: Node, source_url: str | None) -> dict[str, Property]:
    channel = f"#/channels/{key(topic.name)}"
    return present(
        {
            "action": action,
            "channel": {"$ref": channel},
            "title": node.name,
            **prose(node.doc),
            "tags": None if node.service is None else [{"name": node.service}],
            "externalDocs": source(source_url, node.span),
            "messages": [{"$ref": f"{channel}/messages/{key(topic.name)}"}],
        }
    )


def _dotted(node: Node) -> str:
    """The id in parts: `endpoint:accounts/sign_up` as `endpoint.accounts.sign_up`."""
    kind, _, name = node.id.partition(":")
    return ".".join(key(part) for part in (kind, *name.split("/")))
