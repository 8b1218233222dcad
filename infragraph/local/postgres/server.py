"""One PostgreSQL server over one folder, for as long as a block lasts."""

import asyncio
import os
import secrets
import shutil
import signal
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from infragraph.local.children import Child, start
from infragraph.local.logs import last_lines
from infragraph.local.ports import free_port

SUPERUSER = "infragraph"
_HOST = "127.0.0.1"
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_UNPRIVILEGED = "1000"


class PostgresError(Exception):
    """The server did not start; its log says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """A server that accepts connections; `log` is where it writes."""

    port: int
    password: str
    log: Path
    host: str = _HOST
    user: str = SUPERUSER

    def url(self, database: str) -> str:
        """The address of one database, for its superuser."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{database}"


@asynccontextmanager
async def running(binaries: Path, folder: Path) -> AsyncGenerator[Postgres]:
    """A block in which a server runs over `folder`, which is made when it is not there.

    It listens on 127.0.0.1 alone. The data outlive the block.

    Raises:
        PostgresError: it cannot be made, or does not start.
    """
    password = kept_password(folder)
    data, log = folder / "data", folder / "postgres.log"
    if not (data / "PG_VERSION").exists():
        await _initialise(binaries, data, folder / "password", log)
    await _end_predecessor(data)
    port = free_port(_HOST)
    with log.open("ab") as output:
        child = await start(
            "postgres",
            _as_user(_command(binaries, data, port)),
            variables=_variables(binaries),
            output=output.fileno(),
        )
    try:
        server = Postgres(port=port, password=password, log=log)
        await _accepting(child, server)
        yield server
    finally:
        # SIGINT ends its connections and then itself, without waiting for clients.
        await child.stop(_STOP_SECONDS, signal.SIGINT)


def _command(binaries: Path, data: Path, port: int) -> list[str]:
    settings = {
        "listen_addresses": _HOST,
        "port": str(port),
        "unix_socket_directories": "",
        # Local data may be lost with the machine; every start of a test would pay for safety.
        "fsync": "off",
        "max_connections": "200",
        "timezone": "UTC",
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [str(binaries / "postgres"), "-D", str(data), *options]


async def _initialise(binaries: Path, data: Path, password_file: Path, log: Path) -> None:
    """Whole or not at all: of one that was interrupted nothing is used."""
    making = data.with_name("data.new")
    await asyncio.to_thread(shutil.rmtree, making, ignore_errors=True)
    command = [
        str(binaries / "initdb"),
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
        "--auth=scram-sha-256",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "-D",
        str(making),
    ]
    with log.open("ab") as output:
        child = await start(
            "initdb", _as_user(command), variables=_variables(binaries), output=output.fileno()
        )
    try:
        code = await child.process.wait()
    finally:
        await child.stop(0)
    if code != 0:
        message = f"initdb did not make a database cluster: {last_lines(log)}"
        raise PostgresError(message)
    making.rename(data)


def _as_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as another user of a namespace of its own."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return command
    namespace = [f"--map-user={_UNPRIVILEGED}", f"--map-group={_UNPRIVILEGED}"]
    return ["unshare", "--user", *namespace, "--", *command]


def _variables(binaries: Path) -> Mapping[str, str]:
    """Nothing of PG… of the user's own: it is about other servers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    library = str(binaries.parent / "lib")
    return {**kept, "LC_ALL": "C", "LD_LIBRARY_PATH": library, "TZ": "UTC"}


def kept_password(folder: Path) -> str:
    """The superuser's, kept beside the data, readable to its owner alone; made when it is not."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "password"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    made = secrets.token_urlsafe(24)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(made)
    return made


async def _end_predecessor(data: Path) -> None:
    """A server that outlived a killed run still holds the folder."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    if not _is_postgres_over(pid, data):
        (data / "postmaster.pid").unlink(missing_ok=True)
        return
    os.kill(pid, signal.SIGQUIT)
    for _ in range(100):
        if not _is_postgres_over(pid, data):
            return
        await asyncio.sleep(0.05)
    message = f"another PostgreSQL, process {pid}, holds {data} and does not end"
    raise PostgresError(message)


def _is_postgres_over(pid: int, data: Path) -> bool:
    """Whether that process is a server over this folder: numbers of processes are used again."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return str(data).encode() in words and any(word.endswith(b"postgres") for word in words)


async def _accepting(child: Child, server: Postgres) -> None:
    """Until it answers a query with our password: a port alone may be anyone's."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _START_SECONDS
    while loop.time() < end:
        if not child.is_running:
            message = f"PostgreSQL did not start: {last_lines(server.log)}"
            raise PostgresError(message)
        try:
            connection = await asyncpg.connect(server.url("postgres"))
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0.02)
            continue
        await connection.close()
        return
    late = f"PostgreSQL did not answer in {_START_SECONDS:g} s"
    message = f"{late}: {last_lines(server.log)}"
    raise PostgresError(message)
