"""Each case runs on each broker; what a broker lacks is skipped, saying so."""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast
from uuid import uuid4

import asyncpg
import pytest

from infragraph.local.postgres.server import Postgres
from infragraph.runtime.clouds.google import PUBSUB_EMULATOR
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.tables import TABLES
from tests.runtime.conformance.aws_bench import AwsBench
from tests.runtime.conformance.benches import MemoryBench, NatsBench
from tests.runtime.conformance.gate import Gate
from tests.runtime.conformance.gcp_bench import GcpBench
from tests.runtime.conformance.harness import Bench
from tests.runtime.conformance.nsq_bench import NsqBench
from tests.runtime.nsqd import nsqd
from tests.runtime.servers import postgres_server

_AWS_ENDPOINT = "AWS_ENDPOINT_URL"


@asynccontextmanager
async def _memory(_request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    yield MemoryBench()


@asynccontextmanager
async def _nats(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    made = NatsBench(request.getfixturevalue("tmp_path"))
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def _aws(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    variables: Mapping[str, str] = request.getfixturevalue("aws")
    async with Gate(variables[_AWS_ENDPOINT].removeprefix("http://")) as gate:
        endpoint = f"http://{gate.address}"
        with pytest.MonkeyPatch.context() as changed:
            changed.setenv(_AWS_ENDPOINT, endpoint)
            # Another than ministack's, which checks none, to be found in a log.
            changed.setenv("AWS_SECRET_ACCESS_KEY", uuid4().hex)
            made = AwsBench(endpoint, gate)
            yield made
            await made.close()


@asynccontextmanager
async def _nsq(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    async with nsqd(request.getfixturevalue("tmp_path")) as server:
        yield NsqBench(server)


@asynccontextmanager
async def _gcp(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    async with Gate(request.getfixturevalue("pubsub")) as gate:
        with pytest.MonkeyPatch.context() as changed:
            changed.setenv(PUBSUB_EMULATOR, gate.address)
            yield GcpBench(gate)


_BENCHES: Mapping[str, Callable[[pytest.FixtureRequest], AbstractAsyncContextManager[Bench]]] = {
    "memory": _memory,
    "nats": _nats,
    "nsq": _nsq,
    "aws": _aws,
    "gcp": _gcp,
}


def _adapters(*, is_full: bool) -> list[object]:
    """One process for all cases of an adapter: they share its emulator."""
    return [
        pytest.param(
            name,
            id=f"{name}-full" if is_full else name,
            marks=[
                pytest.mark.xdist_group(f"conformance-{name}"),
                *([pytest.mark.thorough] if is_full else ()),
            ],
        )
        for name in _BENCHES
    ]


@pytest.fixture(params=_adapters(is_full=False))
async def bench(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    async with _BENCHES[request.param](request) as made:
        yield made
        _note(request, made)


@pytest.fixture(params=[*_adapters(is_full=False), *_adapters(is_full=True)])
async def sized(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    """For cases whose sizes are reduced, unless all of them are asked for."""
    async with _BENCHES[request.param](request) as made:
        if request.node.get_closest_marker("thorough"):
            made.share = 1.0
        yield made
        _note(request, made)


def _note(request: pytest.FixtureRequest, bench: Bench) -> None:
    """For the matrix."""
    request.node.user_properties += [
        ("sizes", bench.tally.sizes),
        ("duplicates", bench.tally.duplicates),
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With what the matrix shows of a test."""
    report = yield
    mark = item.get_closest_marker("case")
    if mark is not None and report.when == "setup":
        given = cast("Any", item).callspec.params
        name = str(given.get("bench") or given["sized"])
        item.user_properties += [("cases", mark.args), ("adapter", name)]
        report.user_properties = [*item.user_properties]
    return report


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Generator[Postgres]:
    with postgres_server(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
async def address(postgres: Postgres) -> DatabaseAddress:
    """A database of its own, with the runtime's tables and one for effects."""
    name = f"test_{uuid4().hex}"
    connection: Any = await asyncpg.connect(postgres.url("postgres"))
    await connection.execute(f"create database {name}")
    await connection.close()
    connection = await asyncpg.connect(postgres.url(name))
    await connection.execute(TABLES)
    await connection.execute("create table effects (id text not null)")
    await connection.close()
    return DatabaseAddress(
        host=postgres.host,
        port=postgres.port,
        name=name,
        user=postgres.user,
        login="password",
        password=postgres.password,
        region=None,
    )
