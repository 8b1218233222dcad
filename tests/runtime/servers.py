"""A PostgreSQL for as long as a test needs it, whichever event loop the test has."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from infragraph.local.postgres.binaries import binaries
from infragraph.local.postgres.server import Postgres, running


@contextmanager
def postgres_server(folder: Path, programs: Path | None = None) -> Generator[Postgres]:
    """A block in which it runs over `folder`, by the machine's programs unless others are given."""
    with asyncio.Runner() as runner:
        block = running(programs or binaries(None), folder)
        server = runner.run(block.__aenter__())
        try:
            yield server
        finally:
            runner.run(block.__aexit__(None, None, None))
