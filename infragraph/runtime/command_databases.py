"""`infragraph db bootstrap` and `infragraph db migrate`."""

import argparse
import asyncio
import os
import sys

from infragraph.runtime.command_places import given_configuration, given_graph
from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.databases.bootstrap import bootstrap_all
from infragraph.runtime.databases.bootstrap_administrator import administrator
from infragraph.runtime.databases.bootstrap_sql import BootstrapError
from infragraph.runtime.databases.migrating import migrate_all
from infragraph.runtime.databases.migrations import MigrationError
from infragraph.runtime.databases.passwords import current_password
from infragraph.runtime.databases.selecting import selected
from infragraph.runtime.starting import StartError


def bootstrap(options: argparse.Namespace) -> int:
    """Gives the exit code."""
    configuration, graph = given_configuration(options), given_graph(options)

    async def make() -> None:
        async def read(arn: str) -> str:
            return await _secret(arn, configuration)

        login = await administrator(os.environ, read)
        async for done in bootstrap_all(graph, configuration, options.database, login):
            for made in done.made or ("all is there",):
                sys.stdout.write(f"{done.database}: {made}\n")

    try:
        asyncio.run(make())
    except BootstrapError as error:
        raise StartError(str(error)) from error
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Gives the exit code."""
    configuration, graph = given_configuration(options), given_graph(options)
    nodes = selected(graph, options.database, service=options.service)

    async def make() -> None:
        root = options.root.resolve()
        async for done in migrate_all(nodes, configuration, root, current_password):
            for file in done.files:
                sys.stdout.write(f"{done.database}: {file}\n")

    try:
        asyncio.run(make())
    except MigrationError as error:
        raise StartError(str(error)) from error
    return 0


async def _secret(arn: str, configuration: Configuration) -> str:
    from infragraph.runtime.clouds.aws import AwsError, AwsService  # noqa: PLC0415 - on AWS alone

    region = str(configuration.settings.get("region", ""))
    try:
        service = await asyncio.to_thread(AwsService, "secretsmanager", region)
        try:
            answer = await service.call("GetSecretValue", {"SecretId": arn})
        finally:
            await service.close()
    except AwsError as error:
        message = f"the administrator's login cannot be read: {error}"
        raise ConfigurationError(message) from error
    return str(answer["SecretString"])
