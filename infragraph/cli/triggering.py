"""A cron that is run by hand."""

import asyncio
import sys
from pathlib import Path

from infragraph.cli.exits import Exit, stop
from infragraph.diagnostics.words import nearest
from infragraph.local.application import LocalApplication
from infragraph.local.client import local_client
from infragraph.local.scheduler import Scheduler
from infragraph.local.standing import NotRunningError, Standing, standing
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import SignedProof


def trigger_cron(name: str, path: str) -> Exit:
    """Run it on the application's run; gives the exit code."""
    try:
        run = standing(Path(path).resolve())
    except NotRunningError as error:
        stop(str(error))
    known = run.names("cron")
    if name not in known:
        near = nearest(name, known)
        stop(f"there is no cron '{name}'" + (f"; did you mean '{near}'?" if near else ""))
    fault = asyncio.run(_trigger(name, run))
    sys.stderr.write(f"{name}: {'ran' if fault is None else fault}\n")
    return Exit.CLEAN if fault is None else Exit.FINDINGS


async def _trigger(name: str, run: Standing) -> str | None:
    clock = SystemClock()
    signer = Signer(key=run.signing_key.encode())
    async with local_client() as client:
        scheduler = Scheduler(
            application=LocalApplication(root=run.root, graph=run.graph, text=""),
            proof=SignedProof(signer=signer, clock=clock, header=SERVICE),
            client=client,
            clock=clock,
            address=run.address,
        )
        return await scheduler.trigger(name)
