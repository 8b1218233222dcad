"""One test's environment: the whole application in this process, on parts of its own."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

from infragraph.runtime.attempts import Attempts
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.consuming import Consumed
from infragraph.runtime.context import program_of
from infragraph.runtime.crons import run_cron
from infragraph.runtime.databases.databases import Databases, opened
from infragraph.runtime.databases.pool import static_password
from infragraph.runtime.serving import Parts, Plan, carried
from infragraph.runtime.subscribing import consumed
from infragraph.sdk.slot import SLOT
from infragraph.testing.addresses import Addresses, configuration
from infragraph.testing.broker import Queues, WatchedBroker
from infragraph.testing.carrying import TestedEnvironment
from infragraph.testing.clock import ManualClock
from infragraph.testing.failures import Failures
from infragraph.testing.infra import Infra
from infragraph.testing.infrastructure import given
from infragraph.testing.naming import Names
from infragraph.testing.outboxes import Outboxes
from infragraph.testing.parts import Base, outbox_sources, parts
from infragraph.testing.requests import Door
from infragraph.testing.session import TESTS, Session
from infragraph.testing.trace import Recorder
from infragraph.testing.world import Job, World

_THREADS = 8


@asynccontextmanager
async def environment(
    session: Session, folder: Path, secrets: Mapping[str, str]
) -> AsyncGenerator[Infra]:
    """A block in which the application is carried; `folder` is for what it writes.

    `secrets` are those with which it starts.
    """
    failures = Failures()
    recorder = Recorder(failures)
    clock = ManualClock(datetime.now(UTC))
    broker = WatchedBroker(_queues(session, clock), failures, recorder)
    addresses = Addresses(session, folder / "buckets")
    settled = configuration(addresses)
    values = dict(secrets)
    async with AsyncExitStack() as stack:
        stack.callback(lambda: session.drop([it["name"] for it in addresses.databases.values()]))
        databases = await stack.enter_async_context(
            opened(
                Databases(
                    configuration=settled, clock=clock, spans=recorder, password=static_password
                )
            )
        )
        base = Base(
            configuration=settled,
            addresses=addresses,
            clock=clock,
            recorder=recorder,
            broker=broker,
            databases=databases,
        )
        outboxes = Outboxes(writer=databases.outbox, sources=partial(outbox_sources, base))
        client = await stack.enter_async_context(httpx.AsyncClient())
        made = parts(base, client, outboxes, values)
        threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="infragraph")
        stack.callback(threads.shutdown, wait=False, cancel_futures=True)
        plan = _plan(session, settled)
        subscriptions = _subscriptions(plan, made, threads)
        for subscription, _ in subscriptions:
            broker.attach(subscription.channel)
        process = await stack.enter_async_context(carried(plan, made))
        stack.enter_context(program_of(TESTS))
        carrying = SLOT.environment
        assert carrying is not None, "it carries this process"
        tested = TestedEnvironment(
            carrying=carrying,
            recorder=recorder,
            broker=broker,
            outboxes=outboxes,
            failures=failures,
            loop=asyncio.get_running_loop(),
        )
        stack.callback(SLOT.fill, SLOT.fill(tested))
        yield Infra(
            names=Names(session.services, [it["id"] for it in session.graph.of_kind("topic")]),
            services=session.services,
            world=World(
                clock=clock,
                broker=broker,
                outboxes=outboxes,
                subscriptions=subscriptions,
                jobs=_jobs(plan, made, threads),
                failures=failures,
                recorder=recorder,
            ),
            door=Door(
                application=process.application,
                services={
                    str(it["id"]): str(it["service"]) for it in session.graph.of_kind("endpoint")
                },
                outboxes=outboxes,
                signer=made.signer,
                clock=clock,
            ),
            secrets=values,
        )


def _queues(session: Session, clock: ManualClock) -> Queues:
    """In memory, unless a server is handed to the suite."""
    server = given().nats
    if server is None:
        return MemoryBroker(clock)
    from infragraph.testing.nats_queues import NatsQueues  # noqa: PLC0415 - when there is one

    topics = {str(node["id"]): str(node["name"]) for node in session.graph.of_kind("topic")}
    return NatsQueues(server, topics, clock)


def _plan(session: Session, settled: Configuration) -> Plan:
    """Subscriptions are run when a test asks for it, and so are outboxes."""
    return Plan(
        services=session.services,
        graph=session.graph,
        configuration=settled,
        serves=True,
        consumes=False,
        grace=0.0,
    )


def _subscriptions(
    plan: Plan, made: Parts, threads: ThreadPoolExecutor
) -> Sequence[tuple[Consumed, Attempts]]:
    return [
        (
            consumed(subscription, {}, threads),
            Attempts(service=service.name, spans=made.spans, inbox=made.inboxes(subscription)),
        )
        for _, service in sorted(plan.services.items())
        for subscription in service.subscriptions
    ]


def _jobs(plan: Plan, made: Parts, threads: ThreadPoolExecutor) -> Sequence[Job]:
    return [
        Job(
            node=f"cron:{cron.name}",
            properties=plan.graph.nodes[f"cron:{cron.name}"]["properties"],
            run=partial(run_cron, cron, made.spans, threads),
        )
        for _, service in sorted(plan.services.items())
        for cron in sorted(service.crons, key=lambda it: it.name)
    ]
