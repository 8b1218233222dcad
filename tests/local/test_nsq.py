"""An nsqd that is not there, or is none, is told with the next step."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from infragraph.local.brokers import BrokerStartError, brokered, lacks
from infragraph.local.nsq import PLACE
from infragraph.local.ports import free_port
from tests.local.applications import application


@asynccontextmanager
async def answering(greeting: bytes) -> AsyncGenerator[str]:
    """A server that says so to whoever connects, and ends."""

    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"{host}:{port}"


async def fault(folder: Path, nsqd: str | None) -> str:
    """What is said where the broker of a run does not start."""
    with pytest.raises(BrokerStartError) as raised:
        async with brokered("nsq", nsqd, folder, lambda _step: None):
            pass
    return str(raised.value)


async def test_where_there_is_no_nsqd_it_is_told_where_one_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(PLACE, raising=False)
    assert await fault(tmp_path, None) == (
        "no nsqd was found on PATH: install it by "
        "'go install github.com/nsqio/nsq/apps/nsqd@v1.3.0', name one by INFRAGRAPH_NSQD or "
        "--nsqd-address, or leave --broker out for NATS"
    )


async def test_a_variable_that_names_no_program_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, "/nowhere/nsqd")
    assert await fault(tmp_path, None) == (
        "INFRAGRAPH_NSQD names '/nowhere/nsqd', which is no program"
    )


async def test_an_address_at_which_nobody_answers_is_told(tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_port('127.0.0.1')}"
    said = await fault(tmp_path, address)
    assert said.startswith(f"nsqd at {address} cannot be spoken to: ")
    assert said.endswith(
        f": start one by 'nsqd -tcp-address {address}', or leave --nsqd-address out, for one "
        "that is started with the run"
    )


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b'INFO {"a":1}'])
async def test_what_answers_and_is_no_nsqd_is_told(tmp_path: Path, greeting: bytes) -> None:
    async with answering(greeting) as address:
        said = await fault(tmp_path, address)
    assert said.startswith(f"what answers at {address} is no nsqd: ")
    assert said.endswith(
        "; give the address for TCP, whose port is 4150 unless nsqd was told otherwise"
    )


@pytest.mark.parametrize("address", ["4150", ":4150", "localhost", "localhost:nsq", "a:65536"])
async def test_what_is_no_address_is_told(tmp_path: Path, address: str) -> None:
    assert await fault(tmp_path, address) == (
        f"--nsqd-address {address!r} is not HOST:PORT, such as 127.0.0.1:4150"
    )


def test_an_address_without_its_broker_is_refused() -> None:
    command = [sys.executable, "-m", "infragraph", "run", "--nsqd-address", "127.0.0.1:4150"]
    given = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (given.returncode, given.stderr) == (
        2,
        "infragraph: --nsqd-address is for --broker nsq, and the broker is 'nats'\n",
    )


def test_what_nsq_lacks_is_told_by_name(tmp_path: Path) -> None:
    shop = application(
        tmp_path,
        {
            "name": "orders",
            "properties": {"ordering_key": "customer", "delivery": "exactly-once"},
        },
        {"name": "visits", "properties": {"ordering_key": None, "delivery": "at-least-once"}},
    )
    assert list(lacks("nats", shop)) == []
    assert list(lacks("nsq", shop)) == [
        (
            "NSQ keeps no order: messages of topic 'orders', which is ordered by 'customer', are "
            "handled in any order"
        ),
        (
            "NSQ drops no duplicate: a message of topic 'orders', which is exactly-once, may be "
            "handled twice where a subscription has no inbox"
        ),
    ]
