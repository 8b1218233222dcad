"""An nsqd over one folder, for as long as a block lasts, or one that runs already."""

import asyncio
import json
import os
import secrets
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

import httpx

from infragraph.local.children import Child, start
from infragraph.local.logs import last_lines
from infragraph.local.ports import free_port
from infragraph.runtime.brokers.nsq.connection import LostError, NoNsqdError, Settings, connect
from infragraph.runtime.brokers.nsq.frames import Message, NsqError

PLACE = "INFRAGRAPH_NSQD"
"""The variable with the path of an nsqd that is not on PATH."""

_PROGRAM = "nsqd"
_HOST = "127.0.0.1"
_START_SECONDS = 20.0
_STOP_SECONDS = 5.0
_IS_HELD = "failed to lock data-path"
_INSTALL = "go install github.com/nsqio/nsq/apps/nsqd@v1.3.0"


class NsqMissingError(Exception):
    """No nsqd is to be found here; the text says where one comes from."""


class NsqStartError(Exception):
    """It did not start, or what answers is none; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NsqServer:
    """An nsqd that answers at `address`, HOST:PORT.

    `name` is what it says of itself over HTTP: no two processes have the same.
    """

    address: str
    name: str
    child: Child


def program() -> Path:
    """Where nsqd is.

    Raises:
        NsqMissingError: it is nowhere.
    """
    named = os.environ.get(PLACE)
    if named is not None and shutil.which(named) is None:
        message = f"{PLACE} names {named!r}, which is no program"
        raise NsqMissingError(message)
    found = named or shutil.which(_PROGRAM)
    if found is None:
        message = (
            f"no nsqd was found on PATH: install it by '{_INSTALL}', name one by {PLACE} or "
            "--nsqd-address, or leave --broker out for NATS"
        )
        raise NsqMissingError(message)
    return Path(found)


@asynccontextmanager
async def running(folder: Path) -> AsyncGenerator[NsqServer]:
    """A block in which an nsqd runs; its messages are in `folder` and outlive the block.

    It listens on 127.0.0.1 alone.

    Raises:
        NsqMissingError: there is no nsqd.
        NsqStartError: it does not start.
    """
    server = await started(program(), folder, free_port(_HOST))
    try:
        yield server
    finally:
        await server.child.stop(_STOP_SECONDS)


async def started(found: Path, folder: Path, port: int, *options: str) -> NsqServer:
    """An nsqd that answers at `port`, and which whoever asks stops.

    `found` is its program, `options` are its own.

    Raises:
        NsqStartError: it does not start.
    """
    log = _log(folder)
    loop = asyncio.get_running_loop()
    end = loop.time() + _START_SECONDS
    while True:
        name = f"infragraph-{secrets.token_hex(8)}"
        http = f"{_HOST}:{free_port(_HOST)}"
        with log.open("ab") as output:
            command = [
                *(str(found), "-tcp-address", f"{_HOST}:{port}", "-http-address", http),
                *("-broadcast-address", name, "-data-path", str(folder)),
                # What it has in memory ends with it when it is killed; and where its notes of what
                # is on disk are older than that, it writes over what it has confirmed.
                *("-mem-queue-size", "0", "-sync-every", "1"),
                *("-max-msg-timeout", "24h"),
                *options,
            ]
            # When asked to end it writes what it has in hand; killed, it loses that.
            child = await start(_PROGRAM, command, output=output.fileno(), at_parents_end=SIGTERM)
        if await _answers(child, http, name, end):
            return NsqServer(address=f"{_HOST}:{port}", name=name, child=child)
        await child.stop(0)
        if loop.time() > end or _IS_HELD not in last_lines(log):
            message = f"nsqd did not start: {last_lines(log)}"
            raise NsqStartError(message)
        # The one of the run before is still writing.
        await asyncio.sleep(0.1)


async def reached(address: str) -> None:
    """Returns where an nsqd answers at HOST:PORT.

    Raises:
        NsqStartError: nothing answers there, or something else does.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) >= 1 << 16:
        message = f"--nsqd-address {address!r} is not HOST:PORT, such as 127.0.0.1:4150"
        raise NsqStartError(message)
    try:
        connection = await connect(address, Settings(name="infragraph run"), _unheard)
    except (NoNsqdError, NsqError) as error:
        message = (
            f"what answers at {address} is no nsqd: {error.__cause__ or error}; give the "
            "address for TCP, whose port is 4150 unless nsqd was told otherwise"
        )
        raise NsqStartError(message) from error
    except LostError as error:
        message = (
            f"{error}: start one by 'nsqd -tcp-address {address}', or leave --nsqd-address out, "
            "for one that is started with the run"
        )
        raise NsqStartError(message) from error
    await connection.close()


def _log(folder: Path) -> Path:
    """In the folder, which is made for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "nsqd.log"


async def _answers(child: Child, http: str, name: str, end: float) -> bool:
    """Whether it does so with the name that we gave it: a port alone may be anyone's."""
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient(timeout=1, trust_env=False) as client:
        while loop.time() < end and child.is_running:
            try:
                answer = await client.get(f"http://{http}/info")
                if answer.is_success and json.loads(answer.text)["broadcast_address"] == name:
                    return True
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                pass
            await asyncio.sleep(0.02)
    return False


def _unheard(_connection: object, _what: Message | NsqError) -> None:
    """Nothing was asked for."""
