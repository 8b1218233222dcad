"""Subscriptions: independent copies of a topic, each with its handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from infragraph.sdk.database import SQLDatabase
    from infragraph.sdk.endpoint import Endpoint
    from infragraph.sdk.message import Message
    from infragraph.sdk.quantities import Duration
    from infragraph.sdk.retry import Retry
    from infragraph.sdk.topic import Topic

T = TypeVar("T")
R = TypeVar("R")

Constant: TypeAlias = "str | int | Enum"

Filter: TypeAlias = "Mapping[str, Constant | tuple[Constant, ...]]"
"""For each attribute the constant that it must equal, or several of which it must equal one."""


class Subscription(Generic[T]):
    """What `@service.subscribe` attached to a service; its options are those of the decorator."""

    __slots__ = (
        "__orig_class__",
        "ack_deadline",
        "concurrency",
        "dead_letter",
        "filter",
        "handler",
        "inbox",
        "name",
        "retention",
        "retry",
        "service",
        "topic",
    )

    def __init__(
        self,
        handler: Callable[[Any], object],
        *,
        service: str,
        topic: Topic[T],
        name: str,
        concurrency: int,
        ack_deadline: Duration,
        retry: Retry,
        retention: Duration,
        filter: Filter | None,  # noqa: A002 - the option's own name
        dead_letter: bool,
        inbox: SQLDatabase | None,
    ) -> None:
        self.handler = handler
        self.service = service
        self.topic = topic
        self.name = name
        self.concurrency = concurrency
        self.ack_deadline = ack_deadline
        self.retry = retry
        self.retention = retention
        self.filter = filter
        self.dead_letter = dead_letter
        self.inbox = inbox

    def __repr__(self) -> str:
        return f"Subscription({self.topic.name!r}, {self.name!r})"


class SubscribeDecorator(Protocol[T]):
    """Takes a handler of the payload, or of its `Message`, and gives it back.

    An endpoint stays one. What comes back is called by position.
    """

    @overload
    def __call__(self, handler: Endpoint[[T], R], /) -> Endpoint[[T], R]: ...
    @overload
    def __call__(self, handler: Callable[[T], R], /) -> Callable[[T], R]: ...
    @overload
    def __call__(self, handler: Callable[[Message[T]], R], /) -> Callable[[Message[T]], R]: ...
