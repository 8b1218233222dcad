"""The migrations of an application's databases, before its services start."""

import asyncio
import sys

from infragraph.local.services import Services
from infragraph.local.wanted import RunError, Told


async def migrate(services: Services, told: Told) -> None:
    """Carry them out in a process of its own, since it imports the application.

    Raises:
        RunError: one of them failed; what it printed was told.
    """
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
