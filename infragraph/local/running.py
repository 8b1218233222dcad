"""The whole application on this machine, from its infrastructure to its gateway.

broker, PostgreSQL ──▶ migrations ──▶ services ──▶ crons ──▶ gateway
"""

import os
import secrets
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from infragraph.local.application import LocalApplication
from infragraph.local.brokers import MEMORY, BrokerStartError, brokered
from infragraph.local.client import local_client
from infragraph.local.configuration import Places
from infragraph.local.dashboard.showing import showing
from infragraph.local.given import secrets_of, tell_missing, variables_of
from infragraph.local.holding import held
from infragraph.local.postgres import server as postgres
from infragraph.local.postgres.binaries import PostgresMissingError, binaries
from infragraph.local.postgres.server import Postgres
from infragraph.local.run import Run
from infragraph.local.scheduler import Scheduler
from infragraph.local.services import Services
from infragraph.local.serving import Swapped, claimed, served
from infragraph.local.standing import announced
from infragraph.local.telemetry.collecting import collecting
from infragraph.local.wanted import RunError, Told, Wanted
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.composing import SIGNING_KEY
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import SignedProof


@asynccontextmanager
async def running(application: LocalApplication, wanted: Wanted, told: Told) -> AsyncGenerator[Run]:
    """A block in which the application runs; nothing of it is left when the block ends.

    Raises:
        RunError: a part of it does not start.
        HeldError: another run holds the application.
        PortTakenError: another program has one of its ports.
    """
    if not application.services():
        message = (
            f"no service was found in '{application.root}': run it in an application's folder, "
            "or make one by 'infragraph new app'"
        )
        raise RunError(message)
    if wanted.broker == MEMORY and not wanted.is_single:
        message = "a broker in memory is within one process: add --single-process"
        raise RunError(message)
    async with AsyncExitStack() as stack:
        state = application.state
        stack.enter_context(held(state))
        gate = stack.enter_context(claimed(wanted.port, "--port"))
        window = stack.enter_context(claimed(wanted.dashboard_port, "--dashboard-port"))
        found = secrets_of(application)
        tell_missing(found, told)
        try:
            broker = await stack.enter_async_context(
                brokered(wanted.broker, wanted.nsqd, state, told.step)
            )
        except BrokerStartError as error:
            raise RunError(str(error)) from error
        server = await _postgres(stack, application, wanted, told)
        key = secrets.token_urlsafe(48)
        own = [key] if server is None else [key, server.password]
        collected = await stack.enter_async_context(
            collecting(state, [*found.values.values(), *own], os.environ)
        )
        services = Services(
            root=application.root,
            graph=state / "graph.json",
            configuration=state / "runtime.json",
            variables=collected.variables(variables_of(application, found, key), wanted.broker),
            tell=collected.telling(told.line),
            news=told.step,
        )
        stack.push_async_callback(services.stop)
        client = await stack.enter_async_context(local_client())
        run = Run(
            application=application,
            services=services,
            places=Places(provider=wanted.broker, broker=broker, ports={}, databases={}),
            url="",
            scheduler=_scheduler(application, services, client),
            gateway=Swapped(),
            wanted=wanted,
            told=told,
            server=server,
            collected=collected,
            secrets=found,
            diagnostics=application.graph["diagnostics"],
        )
        run.scheduler.address = run.address
        stack.push_async_callback(run.scheduler.stop)
        await run.prepare()
        stack.enter_context(announced(state, services.variables[SIGNING_KEY]))
        run.url = await stack.enter_async_context(served(run.gateway, gate))
        sessions = await stack.enter_async_context(
            showing(run, run.places, server, collected, window)
        )
        run.dashboard = sessions.address
        yield run


def _scheduler(
    application: LocalApplication, services: Services, client: httpx.AsyncClient
) -> Scheduler:
    clock = SystemClock()
    signer = Signer(key=services.variables[SIGNING_KEY].encode())
    return Scheduler(
        application=application,
        proof=SignedProof(signer=signer, clock=clock, header=SERVICE),
        client=client,
        clock=clock,
    )


async def _postgres(
    stack: AsyncExitStack, application: LocalApplication, wanted: Wanted, told: Told
) -> Postgres | None:
    if not application.of_kind("database"):
        return None
    told.step("starting PostgreSQL")
    try:
        programs = binaries(wanted.postgres)
        block = postgres.running(programs, application.state / "postgres")
        return await stack.enter_async_context(block)
    except (PostgresMissingError, postgres.PostgresError) as error:
        raise RunError(str(error)) from error
