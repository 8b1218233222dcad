"""What Pub/Sub pushes is handled where its token proves who sends it, and nowhere else."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.brokers.gcp_push import Pushed
from infragraph.runtime.clouds.google_tokens import GoogleTokens
from tests.runtime.conformance import harness
from tests.runtime.google import Issuer, without_signature

AUDIENCE = "https://mail-1.run.app"
PUSHER = "push@shop-1234.iam.gserviceaccount.com"
URL = "/__infragraph/push/ordered/write"
IN_2100 = 4_102_444_800


ISSUER = Issuer()


def token(**changed: Any) -> str:
    return ISSUER.token(**{"email": PUSHER, "audience": AUDIENCE, **changed})


class Service:
    """A service that takes pushes; `deliveries` are what comes of them."""

    def __init__(self, client: httpx.AsyncClient, deliveries: Any) -> None:
        self.client = client
        self._deliveries = deliveries

    async def next(self) -> Delivery:
        async with asyncio.timeout(5):
            delivery: Delivery = await anext(self._deliveries)
            return delivery

    async def push(
        self, written: str | None, message: Mapping[str, object] | None = None, **more: object
    ) -> int:
        sent = {"data": "e30=", "messageId": "7", "publishTime": "2026-01-01T00:00:00Z"}
        body = {"subscription": "s", "message": message or sent, **more}
        headers = {} if written is None else {"Authorization": f"Bearer {written}"}
        # One that is let in waits for whoever handles it.
        async with asyncio.timeout(20):
            answer = await self.client.post(URL, content=json.dumps(body), headers=headers)
        return answer.status_code


def pushed_channel(**address: object) -> Channel:
    said = {"delivery": "push", "audience": AUDIENCE, "account": PUSHER, "guarded": False}
    return harness.channel(
        id="subscription:ordered/write", topic="topic:ordered", address={**said, **address}
    )


@asynccontextmanager
async def service(**address: object) -> AsyncGenerator[Service]:
    tokens = GoogleTokens()
    await tokens.refresh(ISSUER.certificates)
    pushed = Pushed(tokens)
    deliveries: Any = pushed.receive(pushed_channel(**address))
    first = asyncio.ensure_future(anext(deliveries))
    await asyncio.sleep(0)
    transport = httpx.ASGITransport(Starlette(routes=pushed.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

        async def all_of_them() -> AsyncGenerator[Delivery]:
            yield await first
            async for delivery in deliveries:
                yield delivery

        yield Service(client, all_of_them())
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await deliveries.aclose()


async def test_a_push_is_answered_when_its_message_is_settled() -> None:
    async with service() as mail:
        body = base64.b64encode(b'{"id": 1}').decode()
        message = {
            "data": body,
            "messageId": "7",
            "publishTime": "2026-01-01T00:00:00Z",
            "attributes": {"ce-id": "m1", "ce-source": "service:shop", "country": "NL"},
        }
        answer = asyncio.ensure_future(mail.push(token(), message, deliveryAttempt=3))
        delivery = await mail.next()
        assert not answer.done()
        assert (delivery.attempt, delivery.envelope.id, delivery.envelope.body) == (
            3,
            "m1",
            b'{"id": 1}',
        )
        assert delivery.envelope.attributes == {"country": "NL"}
        await delivery.acknowledge()
        assert await answer == 204


async def test_a_foreign_message_is_handled_and_one_that_fails_comes_again() -> None:
    async with service() as mail:
        answer = asyncio.ensure_future(mail.push(token()))
        delivery = await mail.next()
        assert (delivery.attempt, delivery.envelope.id, delivery.envelope.published_at) == (
            1,
            "7",
            datetime(2026, 1, 1, tzinfo=UTC),
        )
        await delivery.retry(1.0)
        assert await answer == 503


@pytest.mark.parametrize(
    "changed",
    [
        {"audience": "https://other.run.app"},
        {"iss": "https://evil.example"},
        {"email": "push@other-project.iam.gserviceaccount.com"},
        {"email": "api@shop-1234.iam.gserviceaccount.com"},
        {"email": "push@shop-1234.iam.gserviceaccount.com.evil.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"exp": 1, "iat": 0},
        {"iat": IN_2100, "exp": IN_2100 + 900},
    ],
)
async def test_a_token_that_does_not_prove_it_is_refused(changed: dict[str, object]) -> None:
    async with service() as mail:
        assert await mail.push(token(**changed)) == 403


async def test_a_token_of_another_key_and_no_token_are_refused() -> None:
    async with service() as mail:
        head, claims, _ = token().split(".")
        other = Issuer().token(PUSHER, AUDIENCE)
        for written in (other, f"{head}.{claims}.", without_signature(token()), "x", "", None):
            assert await mail.push(written) == 403


async def test_where_cloud_run_has_checked_a_token_its_signature_is_gone() -> None:
    async with service(guarded=True) as mail:
        for written in (without_signature(token()), token()):
            answer = asyncio.ensure_future(mail.push(written))
            await (await mail.next()).acknowledge()
            assert await answer == 204


@pytest.mark.parametrize(
    "changed",
    [
        {"audience": "https://other.run.app"},
        {"iss": "https://evil.example"},
        {"email": "api@shop-1234.iam.gserviceaccount.com"},
        {"email_verified": False},
        {"exp": 1},
    ],
)
async def test_what_is_left_of_a_token_says_for_whom_and_by_whom(changed: dict[str, Any]) -> None:
    async with service(guarded=True) as mail:
        assert await mail.push(without_signature(token(**changed))) == 403


async def test_who_shows_cloud_run_another_token_is_not_who_this_one_says() -> None:
    async with service(guarded=True) as mail:
        caller = without_signature(token(email="api@shop-1234.iam.gserviceaccount.com"))
        headers = {
            "Authorization": f"Bearer {without_signature(token())}",
            "X-Serverless-Authorization": f"Bearer {caller}",
        }
        assert (await mail.client.post(URL, content="{}", headers=headers)).status_code == 403


async def test_what_is_no_message_is_refused() -> None:
    async with service() as mail:
        for message in ({"data": "?", "messageId": "1"}, {"data": "e30="}):
            assert await mail.push(token(), message) == 400
        large = {"data": "a" * (17 << 20), "messageId": "1"}
        assert await mail.push(token(), large) == 413


async def test_a_subscription_that_is_not_consumed_here_is_for_another() -> None:
    async with service() as mail:
        headers = {"Authorization": f"Bearer {token()}"}
        answer = await mail.client.post("/__infragraph/push/ordered/other", headers=headers)
        assert answer.status_code == 503


async def test_without_certificates_nothing_is_proved() -> None:
    async def none() -> Mapping[str, str]:
        message = "away"
        raise httpx.ConnectError(message)

    tokens = GoogleTokens()
    assert not await tokens.refresh(none)
    headers = {"authorization": f"Bearer {token()}"}
    with pytest.raises(Exception, match="proves nothing"):
        tokens.account(headers, AUDIENCE)
    assert await tokens.refresh(ISSUER.certificates)
    assert tokens.account(headers, AUDIENCE) == PUSHER
