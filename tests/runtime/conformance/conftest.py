"""Each case runs on each broker; what a broker lacks is skipped, saying so."""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.runtime.conformance.aws_bench import AwsBench
from tests.runtime.conformance.benches import MemoryBench, NatsBench
from tests.runtime.conformance.harness import Bench
from tests.runtime.ministack import ministack


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
    # Not the test's own, which a test may undo.
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield AwsBench(variables["AWS_ENDPOINT_URL"])


_BENCHES: Mapping[str, Callable[[pytest.FixtureRequest], AbstractAsyncContextManager[Bench]]] = {
    "memory": _memory,
    "nats": _nats,
    "aws": _aws,
}


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Generator[Mapping[str, str]]:
    """One emulator for all cases: what each makes has names of its own."""
    with ministack(tmp_path_factory.mktemp("ministack") / "log") as variables:
        yield variables


@pytest.fixture(params=sorted(_BENCHES))
async def bench(request: pytest.FixtureRequest) -> AsyncGenerator[Bench]:
    async with _BENCHES[request.param](request) as made:
        yield made
