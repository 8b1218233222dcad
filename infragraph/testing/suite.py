"""A suite on the real infrastructure of this machine: started before it, ended after it."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from infragraph.local import nats
from infragraph.local.application import LocalApplication
from infragraph.local.children import dies_with_parent
from infragraph.local.postgres import server as postgres
from infragraph.local.postgres.binaries import PostgresMissingError, binaries
from infragraph.local.wanted import RunError
from infragraph.testing.infrastructure import Infrastructure
from infragraph.testing.session import FOLDER
from infragraph.testing.templates import Templates, own_folder


async def run_suite(
    application: LocalApplication,
    arguments: Sequence[str],
    programs: Path | None,
    step: Callable[[str], None],
) -> int:
    """Run pytest in the application's folder; gives its exit code.

    `programs` is a folder with PostgreSQL's programs, None to find them.

    Raises:
        RunError: a part of the infrastructure does not start.
    """
    async with AsyncExitStack() as stack:
        folder = own_folder(stack, application.state / FOLDER)
        step("starting NATS JetStream")
        try:
            broker = await stack.enter_async_context(nats.running(folder / "nats"))
            handed = Infrastructure(application=str(application.root), nats=broker.url)
            if application.of_kind("database"):
                step("starting PostgreSQL")
                handed = await _with_postgres(stack, handed, programs, folder)
        except (nats.NatsMissingError, nats.NatsStartError) as error:
            raise RunError(str(error)) from error
        except (PostgresMissingError, postgres.PostgresError) as error:
            raise RunError(str(error)) from error
        return await _pytest(application.root, arguments, handed)


async def _with_postgres(
    stack: AsyncExitStack, handed: Infrastructure, programs: Path | None, folder: Path
) -> Infrastructure:
    server = await stack.enter_async_context(postgres.running(binaries(programs), folder))
    await Templates(server=server, folder=folder, services=()).clean()
    return Infrastructure(
        application=handed.application,
        nats=handed.nats,
        postgres=str(folder),
        postgres_port=server.port,
    )


async def _pytest(root: Path, arguments: Sequence[str], handed: Infrastructure) -> int:
    """Ctrl-C reaches pytest by itself, which ends as it does; what else ends us is passed on."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", *arguments),
        cwd=root,
        env={**os.environ, **handed.variables()},
        preexec_fn=dies_with_parent(os.getpid()),
    )
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    loop.add_signal_handler(signal.SIGTERM, process.terminate)
    try:
        return await process.wait()
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)
