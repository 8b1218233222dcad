"""Infrastructure that a suite is handed, by variables of its process: `infragraph test`."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from infragraph.local.postgres.server import Postgres

VARIABLE = "INFRAGRAPH_TEST"
"""The variable by which a suite is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Infrastructure:
    """`nats` is a server's URL; `postgres` is a folder that holds a server's passwords.

    What is None the suite has to see to itself: queues in memory, a PostgreSQL of its own.
    """

    application: str | None = None
    nats: str | None = None
    postgres: str | None = None
    postgres_port: int | None = None

    def server(self) -> Postgres | None:
        """The PostgreSQL, if there is one."""
        if self.postgres is None or self.postgres_port is None:
            return None
        folder = Path(self.postgres)
        return Postgres(
            port=self.postgres_port,
            password=(folder / "password").read_text(encoding="ascii").strip(),
            log=folder / "postgres.log",
        )

    def variables(self) -> Mapping[str, str]:
        """What a suite's process is given."""
        return {VARIABLE: json.dumps(asdict(self))}


def given() -> Infrastructure:
    """What this process was given."""
    said = os.environ.get(VARIABLE)
    return Infrastructure() if said is None else Infrastructure(**json.loads(said))
