"""A run that is up: what it consists of, and how it follows the source."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from infragraph.local.application import LocalApplication
from infragraph.local.brokers import lacks
from infragraph.local.configuration import Places, runtime_configuration
from infragraph.local.gateway import Gateway
from infragraph.local.given import secrets_of, tell_missing, variables_of
from infragraph.local.migrating import migrate
from infragraph.local.postgres.databases import prepared
from infragraph.local.postgres.server import Postgres
from infragraph.local.scheduler import Scheduler
from infragraph.local.secrets import LocalSecrets
from infragraph.local.services import Group, Services
from infragraph.local.serving import Swapped
from infragraph.local.subscriptions import ensure_subscriptions
from infragraph.local.telemetry.collecting import Collected
from infragraph.local.wanted import RunError, Told, Wanted
from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.composing import SIGNING_KEY


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
        secrets = secrets_of(application)
        if secrets == self.secrets:
            return False
        self.secrets = secrets
        self.collected.masks.learn(secrets.values.values())
        key = self.services.variables[SIGNING_KEY]
        self.services.variables = self.collected.variables(
            variables_of(application, secrets, key), self.wanted.broker
        )
        tell_missing(secrets, self.told)
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
            await migrate(self.services, self.told)
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


def _write(path: Path, text: str) -> None:
    """For its owner alone: the configuration holds passwords of this machine."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _is_affected(group: Group, changed: frozenset[Path]) -> bool:
    return group.process is None or bool(group.process.files & changed)
