"""What a target's brokers add to channels, operations and messages."""

from collections.abc import Callable
from dataclasses import dataclass

from infragraph.documents.narrowing import Object
from infragraph.model.graph import InfraGraph, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """Each gives None where there is nothing to add.

    `channel` is asked of a topic, `receive` of a subscription and its topic, `message` of a topic.
    `headers` is the schema of what travels beside every payload.
    """

    channel: Callable[[Node], Object | None]
    receive: Callable[[Node, Node], Object | None]
    message: Callable[[Node, InfraGraph], Object | None]
    headers: Object | None
