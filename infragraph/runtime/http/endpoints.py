"""What an endpoint is served with, and what answers it."""

from dataclasses import dataclass
from typing import Protocol

from starlette.types import Receive, Scope, Send

from infragraph.runtime.clock import Clock
from infragraph.runtime.context import Running
from infragraph.runtime.deadlines import until
from infragraph.runtime.handlers import Handler
from infragraph.runtime.http.access import Doorman
from infragraph.runtime.http.parameters import Values
from infragraph.runtime.interface import Interface
from infragraph.runtime.tracing.spans import NoSpans, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An endpoint with what calls its handler; `takes_socket` where it is a WebSocket's."""

    interface: Interface
    handle: Handler
    takes_socket: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the endpoints of a process are asked through."""

    doorman: Doorman
    clock: Clock
    spans: Spans

    @property
    def is_traced(self) -> bool:
        return not isinstance(self.spans, NoSpans)


class Answering(Protocol):
    """An ASGI application that is given the values of its path's parameters too."""

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send, values: Values
    ) -> None: ...


def at_work_for(interface: Interface, clock: Clock, seconds: float | None) -> Running:
    """An endpoint at work for somebody not known yet, who waits some seconds."""
    return Running(
        service=interface.endpoint.service,
        entry=interface.node,
        deadline=until(clock, seconds),
    )
