"""Each case runs on each broker; what a broker lacks is skipped, saying so."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.runtime.conformance.benches import MemoryBench, NatsBench
from tests.runtime.conformance.harness import Bench


@pytest.fixture(params=["memory", "nats"])
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Bench]:
    if request.param == "memory":
        yield MemoryBench()
        return
    made = NatsBench(tmp_path)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
