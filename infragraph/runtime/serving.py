"""One process of an application: its services start, serve, and are drained."""

import asyncio
import inspect
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from random import SystemRandom
from typing import Any, get_type_hints

import httpx
from starlette.routing import BaseRoute
from starlette.websockets import WebSocket

from infragraph.runtime import authentication
from infragraph.runtime.application import Graph
from infragraph.runtime.attempts import Attempts
from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.brokers.opening import PATIENCE, open_broker
from infragraph.runtime.calls import Calls
from infragraph.runtime.carrier import Carrier
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.consuming import Consumer
from infragraph.runtime.cron_queues import NoInbox, cron_queues
from infragraph.runtime.crons import cron_routes
from infragraph.runtime.databases.owners import owner
from infragraph.runtime.databases.relay import Relay
from infragraph.runtime.handlers import awaitable
from infragraph.runtime.http.access import Authenticate, Doorman
from infragraph.runtime.http.application import Application
from infragraph.runtime.http.endpoints import Around, Served
from infragraph.runtime.http.health import health_routes
from infragraph.runtime.http.mounts import mount_route
from infragraph.runtime.http.path_order import specific_first
from infragraph.runtime.http.routes import Routes, route
from infragraph.runtime.http.sockets import socket_route
from infragraph.runtime.identity import Signer
from infragraph.runtime.interface import Interface, interface
from infragraph.runtime.lifecycle import shut_down, start_up
from infragraph.runtime.peers import Peers
from infragraph.runtime.publishing import Publishing
from infragraph.runtime.subscribing import consumed
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.auth import AuthHandler
from infragraph.sdk.endpoint import Endpoint
from infragraph.sdk.service import Service
from infragraph.sdk.slot import SLOT
from infragraph.sdk.subscription import Subscription
from infragraph.sdk.topic import Topic

THREADS = 32
"""How many plain functions run at a time in one process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a process is made of; `databases`, `object_stores` and `secrets` as in `Carrier`.

    `client` calls other services; each call has its deadline, so the client has none.
    `outbox` writes messages with a transaction; `inboxes` gives a subscription its inbox, None
    where it has none. `relays` makes what publishes the outbox of a database, as a service.
    `routes` are of parts that are asked over HTTP, whatever the process does.
    """

    broker: Broker
    client: httpx.AsyncClient
    clock: Clock
    signer: Signer
    peers: Peers
    spans: Spans
    databases: Callable[..., Any]
    object_stores: Callable[..., Any]
    secrets: Callable[..., str]
    outbox: Any
    inboxes: Callable[..., Any]
    relays: Callable[[str, str], Relay]
    routes: tuple[BaseRoute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one process does: `serves` its endpoints, `consumes` its subscriptions.

    What is at work at its end has `grace` seconds; a broker that is away is waited for `patience`.
    """

    services: Mapping[str, Service]
    graph: Graph
    configuration: Configuration
    serves: bool
    consumes: bool
    grace: float = 25.0
    patience: float = PATIENCE


class Process:
    """A process that is carried; `application` is what an HTTP server serves."""

    def __init__(self, application: Application, consumers: list[Consumer]) -> None:
        self.application = application
        self.consumers = consumers
        self.is_ready = False

    async def drain(self, grace: float) -> int:
        """Take nothing new, and wait for what is at work; gives how many were interrupted."""
        self.is_ready = False
        return sum(await asyncio.gather(*(it.drain(grace) for it in self.consumers)))


@asynccontextmanager
async def carried(plan: Plan, parts: Parts) -> AsyncGenerator[Process]:
    """A block in which the services run; when it ends they are drained, within `plan.grace`."""
    async with AsyncExitStack() as stack:
        threads = ThreadPoolExecutor(THREADS, thread_name_prefix="infragraph")
        stack.callback(threads.shutdown, wait=False, cancel_futures=True)
        await open_broker(parts.broker, plan.patience)
        stack.push_async_callback(parts.broker.close)
        before = SLOT.fill(_carrier(plan, parts))
        stack.callback(SLOT.fill, before)
        services = [plan.services[name] for name in sorted(plan.services)]
        await start_up(services, threads)
        stack.push_async_callback(shut_down, services, threads)
        process = Process(Application(Routes(()), ()), _consumers(plan, parts, threads))
        process.application = _application(plan, parts, threads, process)
        for relay in _relays(plan, parts):
            relay.start()
            stack.push_async_callback(relay.stop)
        for consumer in process.consumers:
            consumer.start()
        process.is_ready = True
        try:
            yield process
        finally:
            await process.drain(plan.grace)


def _carrier(plan: Plan, parts: Parts) -> Carrier:
    loop = asyncio.get_running_loop()
    calls = Calls(
        here=frozenset(plan.services),
        interfaces=_interfaces(plan.graph),
        client=parts.client,
        peers=parts.peers,
        signer=parts.signer,
        clock=parts.clock,
        loop=loop,
        spans=parts.spans,
    )

    def publisher(topic: Topic[Any]) -> Publishing:
        return Publishing(
            topic=topic,
            address=plan.configuration.address(f"topic:{topic.name}"),
            broker=parts.broker,
            clock=parts.clock,
            spans=parts.spans,
            outbox=parts.outbox,
            loop=loop,
        )

    return Carrier(
        publishers=publisher,
        databases=parts.databases,
        object_stores=parts.object_stores,
        secrets=parts.secrets,
        callers=authentication.caller,
        calls=calls.call,
        blocks=_nested,
    )


def _nested(service: str, _consume: bool) -> Any:  # noqa: FBT001 - as the slot has it
    message = f"service {service!r} runs already: this process is served by infragraph"
    raise RuntimeError(message)


def _interfaces(graph: Graph) -> Callable[[Endpoint[..., Any]], Interface]:
    @cache
    def known(endpoint: Endpoint[..., Any]) -> Interface:
        return interface(endpoint, graph)

    return known


def _consumers(plan: Plan, parts: Parts, threads: ThreadPoolExecutor) -> list[Consumer]:
    services = [service for _, service in sorted(plan.services.items())]
    firings = [
        Consumer(
            consumed=it,
            broker=parts.broker,
            clock=parts.clock,
            around=NoInbox(),
            random=SystemRandom(),
        )
        for it in (
            cron_queues(services, plan.configuration, parts.spans, threads) if plan.consumes else ()
        )
    ]
    return firings + [
        Consumer(
            consumed=consumed(
                subscription,
                _subscription_address(plan, subscription),
                threads,
            ),
            broker=parts.broker,
            clock=parts.clock,
            around=Attempts(
                service=service.name, spans=parts.spans, inbox=parts.inboxes(subscription)
            ),
            random=SystemRandom(),
        )
        for service in services
        for subscription in service.subscriptions
        if _is_consumed(plan, subscription)
    ]


def _is_consumed(plan: Plan, subscription: Subscription[Any]) -> bool:
    """What is pushed comes as requests do; all else is a worker's."""
    if plan.configuration.provider != "gcp":
        return plan.consumes
    is_pushed = _subscription_address(plan, subscription).get("delivery") == "push"
    return plan.serves if is_pushed else plan.consumes


def _subscription_address(plan: Plan, subscription: Subscription[Any]) -> Mapping[str, object]:
    node = f"subscription:{subscription.topic.name}/{subscription.name}"
    return plan.configuration.address(node)


def _relays(plan: Plan, parts: Parts) -> list[Relay]:
    """One for each database that a service here owns; its worker publishes the outbox."""
    if not plan.consumes:
        return []
    owners = [(node["name"], owner(node)) for node in plan.graph.of_kind("database")]
    return [parts.relays(name, service) for name, service in owners if service in plan.services]


def _application(
    plan: Plan,
    parts: Parts,
    threads: ThreadPoolExecutor,
    process: Process,
) -> Application:
    services = [plan.services[name] for name in sorted(plan.services)]
    others = [
        *health_routes(tuple(it.name for it in services), lambda: process.is_ready),
        *parts.routes,
    ]
    # Cloud Scheduler calls what requests reach; elsewhere it is the worker that is told.
    if plan.consumes or (plan.serves and plan.configuration.provider == "gcp"):
        others.extend(cron_routes(services, parts.peers.proof, parts.spans, threads))
    if not plan.serves:
        return Application(Routes(()), others)
    around = Around(
        doorman=Doorman(
            peers=parts.peers,
            signer=parts.signer,
            clock=parts.clock,
            authenticate=_authenticate(plan, parts),
        ),
        clock=parts.clock,
        spans=parts.spans,
    )
    served = _served(plan, services, threads)
    others += [
        *(
            authentication.authentication_route(handler, parts.peers)
            for service in services
            for handler in service.auth_handlers
        ),
        *(socket_route(it, around.doorman) for it in served if it.takes_socket),
        *(mount_route(it.name, mount, parts.spans) for it in services for mount in it.mounts),
    ]
    return Application(Routes(route(it, around) for it in served if not it.takes_socket), others)


def _served(plan: Plan, services: Iterable[Service], threads: ThreadPoolExecutor) -> list[Served]:
    """The endpoints of services; of two that fit, the more specific first."""
    known = _interfaces(plan.graph)
    found = [
        Served(
            interface=known(endpoint),
            handle=awaitable(endpoint, threads),
            takes_socket=_takes_socket(endpoint),
        )
        for service in services
        for endpoint in service.endpoints
    ]
    return sorted(found, key=lambda it: specific_first(it.interface.endpoint.path))


def _authenticate(plan: Plan, parts: Parts) -> Authenticate | None:
    """Here where the auth handler's service runs here, else by asking it."""
    here: list[AuthHandler[Any]] = [
        handler for service in plan.services.values() for handler in service.auth_handlers
    ]
    if here:
        return authentication.InPlace(handler=here[0])
    for node in plan.graph.of_kind("service"):
        if node["properties"]["auth_handler"] is not None:
            return authentication.Elsewhere(
                service=node["name"],
                source=min(plan.services),
                peers=parts.peers,
                client=parts.client,
            )
    return None


def _takes_socket(endpoint: Endpoint[..., Any]) -> bool:
    if not endpoint.raw:
        return False
    hints = get_type_hints(endpoint.handler)
    return any(hints.get(name) is WebSocket for name in inspect.signature(endpoint).parameters)
