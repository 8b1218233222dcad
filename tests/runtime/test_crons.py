"""Firings: who may ask for one, and what becomes of one that comes too soon."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.applications import Starlette

from infragraph import Reject, Service
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.cron_queues import cron_queues
from infragraph.runtime.crons import PATH, cron_routes
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import SCHEDULER, SignedProof
from infragraph.runtime.tracing.spans import NoSpans
from tests.runtime.clocks import ManualClock

PROOF = SignedProof(
    signer=Signer(key=b"a key of thirty-two bytes for us"), clock=ManualClock(), header="x-proof"
)


TEXT = "a secret of ours"
REASON = "not today"


class Jobs:
    """A service with crons, and what they did."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.began = asyncio.Event()
        self.release = asyncio.Event()
        service = Service("mail")

        @service.cron("slow", every="1h")
        async def slow() -> None:
            self.ran.append("slow")
            self.began.set()
            await self.release.wait()

        @service.cron("plain", every="1h")
        def plain() -> None:
            self.ran.append("plain")
            raise ValueError(TEXT)

        @service.cron("refuse", every="1h")
        async def refuse() -> None:
            raise Reject(REASON)

        self.service = service
        self.threads = ThreadPoolExecutor(1)
        routes = cron_routes([service], PROOF, NoSpans(), self.threads)
        transport = httpx.ASGITransport(Starlette(routes=routes))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://here")

    async def post(self, cron: str, headers: Mapping[str, str]) -> tuple[int, object]:
        answer = await self.client.post(f"{PATH}/{cron}", headers=dict(headers))
        return answer.status_code, answer.json() if answer.content else None


async def test_only_the_scheduler_of_the_application_is_heard() -> None:
    jobs = Jobs()
    jobs.release.set()
    refused = {"error": "PermissionDenied", "message": "for the application's scheduler alone"}
    for headers in (
        {},
        {"x-proof": "v1.x.y"},
        await PROOF.token("users", "mail"),
        await PROOF.token(SCHEDULER, "users"),
    ):
        assert await jobs.post("slow", headers) == (403, refused)
    assert await jobs.post("slow", await PROOF.token(SCHEDULER, "mail")) == (204, None)
    assert jobs.ran == ["slow"]


async def test_a_failure_is_told_without_its_text() -> None:
    said = {"error": "APIError", "message": "an error within the service"}
    assert await Jobs().post("plain", await PROOF.token(SCHEDULER, "mail")) == (500, said)


async def test_a_firing_that_comes_while_the_job_is_at_work_is_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jobs = Jobs()
    headers = await PROOF.token(SCHEDULER, "mail")
    first = asyncio.create_task(jobs.post("slow", headers))
    await jobs.began.wait()

    # Answered as a success, or a scheduler would try again.
    assert await jobs.post("slow", headers) == (200, {"skipped": "it is at work still"})
    assert "cron:slow: is at work still, so this firing is left out" in caplog.text
    jobs.release.set()
    assert await first == (204, None)
    assert await jobs.post("slow", headers) == (204, None)
    assert jobs.ran == ["slow", "slow"]


async def test_a_queue_hands_out_firings_by_the_name_in_their_body() -> None:
    jobs = Jobs()
    jobs.release.set()
    url: dict[str, object] = {"queue_url": "https://sqs/crons"}
    resources: dict[str, dict[str, object]] = {
        "cron:slow": url,
        "cron:refuse": url,
        "cron:plain": {"queue_url": None},
    }
    where = Configuration(
        application="shop", environment="prod", provider="aws", resources=resources, settings={}
    )
    (queue,) = cron_queues([jobs.service], where, NoSpans(), jobs.threads)

    assert (queue.channel.id, queue.channel.address["queue_url"]) == (
        "cron:refuse,slow",
        "https://sqs/crons",
    )
    await queue.handle({"cron": "slow", "execution_id": "1", "scheduled_time": "now"})
    assert jobs.ran == ["slow"]
    # Both stay in the queue, which keeps its own dead letters: acknowledged they were gone.
    with pytest.raises(RuntimeError, match="not today"):
        await queue.handle({"cron": "refuse"})
    with pytest.raises(KeyError):
        await queue.handle({"cron": "plain"})
