"""Topics and queues whose options, taken together, AWS has nothing for."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.graph import Node
from infragraph.portability.delivery import is_fifo
from infragraph.portability.plans import KIND_UNSUPPORTED
from infragraph.targets.aws.problems import ORDER_UNLIKE_ADDRESS
from infragraph.targets.aws.shared import Setting


def unlike_address(setting: Setting, node: Node) -> Iterator[Diagnostic]:
    """A topic or a queue that exists, and is not of the type that the declaration takes."""
    given = setting.environment.bindings.get(node.id)
    if given is None or node.kind not in {"topic", "subscription"}:
        return
    topics = {it.name: it for it in setting.graph.nodes if it.kind == "topic"}
    topic = node if node.kind == "topic" else topics[str(node.properties["topic"])]
    if is_fifo(topic) != given.endswith(".fifo"):
        words = {
            True: "ordered or delivered exactly once",
            False: "neither ordered nor delivered exactly once",
        }
        found = {True: "FIFO", False: "not FIFO"}
        yield ORDER_UNLIKE_ADDRESS.at(
            node.span,
            node=node.id,
            declared=words[is_fifo(topic)],
            address=given,
            found=found[given.endswith(".fifo")],
        )


def unrecordable(node: Node) -> Iterator[Diagnostic]:
    if node.kind == "topic" and node.properties.get("audit") is True and is_fifo(node):
        subject = f"a record of {node.id!r}: SNS hands messages of FIFO topics to queues alone"
        yield KIND_UNSUPPORTED.at(node.span, target="AWS", subject=subject)
