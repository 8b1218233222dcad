"""Each case runs on each broker; what a broker lacks is skipped, saying so."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.runtime.conformance.aws_bench import AwsBench
from tests.runtime.conformance.benches import MemoryBench, NatsBench
from tests.runtime.conformance.gcp_bench import GcpBench
from tests.runtime.conformance.harness import Bench
from tests.runtime.conformance.nsq_bench import NsqBench
from tests.runtime.nsqd import nsqd


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
    yield AwsBench(variables["AWS_ENDPOINT_URL"])


@asynccontextmanager
async def _nsq(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    async with nsqd(request.getfixturevalue("tmp_path")) as server:
        yield NsqBench(server)


@asynccontextmanager
async def _gcp(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    request.getfixturevalue("pubsub")
    yield GcpBench()


_BENCHES: Mapping[str, Callable[[pytest.FixtureRequest], AbstractAsyncContextManager[Bench]]] = {
    "memory": _memory,
    "nats": _nats,
    "nsq": _nsq,
    "aws": _aws,
    "gcp": _gcp,
}


@pytest.fixture(params=sorted(_BENCHES))
async def bench(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    async with _BENCHES[request.param](request) as made:
        yield made
