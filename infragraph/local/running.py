"""The whole application on this machine, from its infrastructure to its gateway.

broker, PostgreSQL ──▶ migrations ──▶ services ──▶ crons ──▶ gateway
"""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from infragraph.local.application import LocalApplication
from infragraph.local.brokers import MEMORY, BrokerStartError, brokered, lacks
from infragraph.local.client import local_client
from infragraph.local.configuration import Places, runtime_configuration
from infragraph.local.dashboard.showing import showing
from infragraph.local.gateway import Gateway
from infragraph.local.holding import held
from infragraph.local.postgres import server as postgres
from infragraph.local.postgres.binaries import PostgresMissingError, binaries
from infragraph.local.postgres.databases import prepared
from infragraph.local.postgres.server import Postgres
from infragraph.local.scheduler import Scheduler
from infragraph.local.secrets import LocalSecrets, SecretsError, local_secrets
from infragraph.local.services import Group, Services
from infragraph.local.serving import Swapped, claimed, served
from infragraph.local.standing import announced
from infragraph.local.subscriptions import ensure_subscriptions
from infragraph.local.telemetry.collecting import Collected, collecting
from infragraph.local.variables import service_variables
from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.composing import SIGNING_KEY
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import SignedProof


class RunError(Exception):
    """The application could not be started; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How it is run; `broker` is `nats`, `nsq` or `memory`, and the latter needs `is_single`.

    `nsqd` is the HOST:PORT of one that runs already, None for one of the run's own; `postgres` is
    a folder with PostgreSQL's programs, None to find them.
    """

    port: int
    dashboard_port: int
    broker: str
    nsqd: str | None
    is_single: bool
    postgres: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where news of the run goes.

    `step` says what happens, `line` is what a service wrote, `findings` are of an analysis.
    """

    step: Callable[[str], None]
    line: Callable[[str, str], None]
    findings: Callable[[LocalApplication], None]


@dataclass(slots=True, kw_only=True)
class Run:
    """A run that is up; `server` is its PostgreSQL, None where it has no database.

    It `is_behind` where it could not be brought to the state of the source, all of it.
    """

    application: LocalApplication
    services: Services
    places: Places
    url: str
    scheduler: Scheduler
    gateway: Swapped
    wanted: Wanted
    told: Told
    server: Postgres | None
    collected: Collected
    secrets: LocalSecrets
    diagnostics: Sequence[Mapping[str, Any]]
    dashboard: str = ""
    is_behind: bool = False

    async def trigger(self, cron: str) -> str | None:
        """Run a cron now; gives what went wrong, None where it ran.

        Raises:
            KeyError: there is no such cron.
        """
        return await self.scheduler.trigger(cron)

    def address(self, service: str) -> str:
        """Where a service answers."""
        return f"http://127.0.0.1:{self.places.ports[service]}"

    async def replace(
        self, application: LocalApplication, changed: frozenset[Path]
    ) -> tuple[str, ...]:
        """Bring what runs to another state of the source, of which files `changed`.

        Gives the names of what was replaced.

        Raises:
            RunError: the databases were not migrated, or the broker refused a subscription.
            ServiceStartError: a service does not start; those before it are replaced.
        """
        is_other = application.fingerprint() != self.application.fingerprint()
        has_secrets = self._take_secrets(application)
        is_other, is_all = self.is_behind or is_other, self.is_behind or is_other or has_secrets
        self.application, self.is_behind = application, is_all
        if is_other or any(path.suffix == ".sql" for path in changed):
            await self._arrange()
        groups = [it for it in self.services.groups if is_all or _is_affected(it, changed)]
        if not groups and any(path.suffix == ".py" for path in changed):
            # Loaded by nobody yet, or in a way that we do not know: nobody may go on with it.
            groups = list(self.services.groups)
        await self.services.replace_all(groups)
        self.is_behind = False
        return tuple(name for group in groups for name in group.names)

    def _take_secrets(self, application: LocalApplication) -> bool:
        """Whether services are to have others than they have."""
        secrets = _secrets(application)
        if secrets == self.secrets:
            return False
        self.secrets = secrets
        self.collected.masks.learn(secrets.values.values())
        key = self.services.variables[SIGNING_KEY]
        self.services.variables = self.collected.variables(
            _variables(application, secrets, key), self.wanted.broker
        )
        _tell_missing(secrets, self.told)
        return True

    async def prepare(self) -> None:
        """Bring up what the graph asks for; for the first time."""
        self.told.step("preparing databases and subscriptions")
        await self._arrange()
        count = len(self.application.services())
        self.told.step(f"starting {count} {'service' if count == 1 else 'services'}")
        await self.services.replace_all(self.services.groups)

    async def _arrange(self) -> None:
        """What the graph asks for beside the services' own processes."""
        application = self.application
        ports = await self.services.arrange(application, single=self.wanted.is_single)
        databases: Mapping[str, Mapping[str, Any]] = {}
        if self.server is not None:
            databases = await prepared(
                self.server,
                application.of_kind("database"),
                application.state / "postgres",
                application.services(),
            )
        elif application.of_kind("database"):
            message = "the first database of an application needs a new run"
            raise RunError(message)
        self.places = replace(self.places, ports=ports, databases=databases)
        _write(self.services.graph, application.text)
        written = json.dumps(runtime_configuration(application, self.places), indent=2)
        _write(self.services.configuration, written)
        if databases:
            await _migrate(self.services, self.told)
        for lack in lacks(self.wanted.broker, application):
            self.told.step(lack)
        if self.places.broker is not None:
            try:
                await ensure_subscriptions(application, self.places)
            except BrokerError as error:
                message = f"the broker did not make the subscriptions: {error}"
                raise RunError(message) from error
        self.gateway.app = Gateway(address=self.address, client=self.scheduler.client).application(
            application
        )
        await self.scheduler.restart(application)


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
        found = _secrets(application)
        _tell_missing(found, told)
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
            variables=collected.variables(_variables(application, found, key), wanted.broker),
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


async def _migrate(services: Services, told: Told) -> None:
    """In a process of its own, since it imports the application."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infragraph", "db", "migrate"),
        *("--root", str(services.root), "--graph", str(services.graph)),
        *("--config", str(services.configuration)),
        env=dict(services.variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    for line in output.decode("utf-8", "replace").splitlines():
        told.line("migrations", line)
    if process.returncode != 0:
        message = (
            "the databases were not migrated: what migrations printed says why; "
            "'infragraph db reset NAME' begins one anew"
        )
        raise RunError(message)


def _secrets(application: LocalApplication) -> LocalSecrets:
    """What its secrets are now.

    Raises:
        RunError: the file with them cannot be read.
    """
    names = [str(node["name"]) for node in application.of_kind("secret")]
    try:
        return local_secrets(application.root, names, os.environ)
    except SecretsError as error:
        raise RunError(str(error)) from error


def _tell_missing(found: LocalSecrets, told: Told) -> None:
    if not found.missing:
        return
    told.step("secrets without a value, to be written into .env.infragraph:")
    for name in found.missing:
        told.step(f"  {name}=")


def _variables(application: LocalApplication, found: LocalSecrets, key: str) -> dict[str, str]:
    names = [str(node["name"]) for node in application.of_kind("secret")]
    return service_variables(os.environ, found.values, names, {SIGNING_KEY: key})


def _write(path: Path, text: str) -> None:
    """For its owner alone: the configuration holds passwords of this machine."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _is_affected(group: Group, changed: frozenset[Path]) -> bool:
    return group.process is None or bool(group.process.files & changed)
