"""What a test asks of its environment: the fixture `infra`."""

import json
from collections.abc import Generator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import httpx

from infragraph.runtime.authentication import identity_codec
from infragraph.runtime.brokers.broker import BrokerError, DeadLetter
from infragraph.runtime.codec import DecodeError, codec
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.service import Service
from infragraph.sdk.topic import Topic
from infragraph.testing.failures import InjectedError
from infragraph.testing.naming import Names
from infragraph.testing.requests import Door
from infragraph.testing.session import TESTS
from infragraph.testing.trace import Trace
from infragraph.testing.world import World

T = TypeVar("T")

_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadMessage:
    """A message that a subscription gave up; `body` is bytes where it is no payload."""

    body: Any
    reason: str
    attempts: int
    id: str


@dataclass(frozen=True, slots=True)
class InfraClock:
    """The time of a test: it stands still until it is told to pass."""

    world: World

    def now(self) -> datetime:
        """The time, in UTC; a test begins at the machine's own."""
        return self.world.clock.now()

    async def advance(self, seconds: float | timedelta, *, timeout: float = _SECONDS) -> None:  # noqa: ASYNC109 - told as an error of our own
        """Let time pass, with all that is due meanwhile: crons, messages, retries, outboxes.

        Raises:
            BusyError: a handler is still at work after `timeout` seconds of real time.
            Exception: what a cron raised, unless the test let it fail.
        """
        passing = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
        await self.world.pass_time(passing, timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Infra:
    """The application in an environment of the test's own.

    `secrets` are the values that `Secret.get` gives; a variable of the process is used for what is
    not among them.
    """

    names: Names
    services: Mapping[str, Service]
    world: World
    door: Door
    secrets: MutableMapping[str, str]

    @property
    def clock(self) -> InfraClock:
        """The test's time."""
        return InfraClock(self.world)

    def published(self, topic: Topic[T]) -> list[T]:
        """What was published to a topic, in order; of outboxes, what is committed and due."""
        node = self.names.topic(topic)
        return [_decoded(topic, it) for it in self.world.broker.published[node]]

    async def drain(self, *, timeout: float = _SECONDS) -> None:  # noqa: ASYNC109 - as above
        """Run the subscriptions until the queues are empty.

        What fails comes again until it is handled or given up: the clock is moved past the delays.
        Crons do not fire meanwhile.

        Raises:
            BusyError: messages are left after `timeout` seconds of real time.
        """
        await self.world.drain(timeout)

    def dead_letters(self, subscription: object) -> list[DeadMessage]:
        """What a subscription gave up, in order; it is named by its handler or as `topic/name`."""
        node = self.names.node(subscription, "subscription")
        topic = self._topics()[node]
        return [_dead(topic, letter) for letter in self.world.broker.dead[node]]

    async def trigger(self, cron: object) -> None:
        """Run a cron now; it is named by its handler or by its name.

        Raises:
            Exception: what it raised.
        """
        node = self.names.node(cron, "cron")
        (job,) = (it for it in self.world.jobs if it.node == node)
        await job.run()
        await self.world.outboxes.flush()

    def fail(self, handler: object, *, times: int = 1, error: Exception | None = None) -> None:
        """Let the next runs of a handler fail before they begin.

        It is a subscription's, a cron's or an endpoint's: the handler, or its name in the graph.
        """
        raised = error or InjectedError("a test let it fail")
        for node in self.names.nodes(handler, "subscription", "cron", "endpoint"):
            self.world.failures.add(node, times, raised)

    def fail_publish(
        self, topic: Topic[Any], *, times: int = 1, error: Exception | None = None
    ) -> None:
        """Let the broker refuse what is published to a topic next."""
        node = self.names.topic(topic)
        raised = error or BrokerError(f"a test let the broker refuse {node}")
        self.world.failures.add(node, times, raised)

    def client(self, caller: object = None) -> httpx.AsyncClient:
        """A client of the endpoints.

        Without a caller it is anyone outside: `access="auth"` asks the application's auth handler.
        With one, which is what the auth handler would return, it acts on that caller's behalf from
        within, so that private endpoints answer as well.
        """
        if caller is None:
            return self.door.client(is_known=False)
        return self.door.client(json.loads(self._identity(caller)), is_known=True)

    @contextmanager
    def acting_for(self, caller: object) -> Generator[None]:
        """A block in which direct calls are made on somebody's behalf: what `caller()` gives."""
        token = RUNNING.set(Running(service=TESTS, caller=self._identity(caller)))
        try:
            yield
        finally:
            RUNNING.reset(token)

    def trace(self) -> Trace:
        """What happened so far, in order."""
        return Trace(self.world.recorder.steps)

    def _identity(self, caller: object) -> bytes:
        handlers = [it for service in self.services.values() for it in service.auth_handlers]
        if not handlers:
            message = "the application has no auth handler, so that nobody can be a caller"
            raise LookupError(message)
        encoded: bytes = identity_codec(handlers[0]).encode(caller)
        return encoded

    def _topics(self) -> dict[str, Topic[Any]]:
        return {
            f"subscription:{it.topic.name}/{it.name}": it.topic
            for service in self.services.values()
            for it in service.subscriptions
        }


def _decoded(topic: Topic[Any], envelope: Envelope) -> Any:
    return codec(topic.payload_type).decode(envelope.body, envelope.type)


def _dead(topic: Topic[Any], letter: DeadLetter) -> DeadMessage:
    try:
        body = _decoded(topic, letter.envelope)
    except DecodeError:
        body = letter.envelope.body
    return DeadMessage(
        body=body, reason=letter.reason, attempts=letter.attempts, id=letter.envelope.id
    )
