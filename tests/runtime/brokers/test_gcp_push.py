"""What Pub/Sub pushes is handled where its token proves who sends it, and nowhere else."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import google.auth.jwt
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from google.auth.crypt import RSASigner
from starlette.applications import Starlette

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.brokers.gcp_push import Pushed
from infragraph.runtime.clouds.google_tokens import GoogleTokens
from tests.runtime.conformance import harness

AUDIENCE = "https://mail-1.run.app"
PUSHER = "push@shop-1234.iam.gserviceaccount.com"
URL = "/__infragraph/push/ordered/write"


class Issuer:
    """Signs as Google does, by a key of its own."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        signer: Any = RSASigner
        self._signer = signer.from_string(pem.decode(), key_id="k1")
        self._certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()

    async def certificates(self) -> Mapping[str, str]:
        return {"k1": self._certificate}

    def token(self, **changed: object) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://accounts.google.com",
            "aud": AUDIENCE,
            "email": PUSHER,
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
            **changed,
        }
        encoded: bytes = google.auth.jwt.encode(self._signer, claims)  # type: ignore[no-untyped-call]
        return encoded.decode()


ISSUER = Issuer()


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
        self, token: str | None, message: Mapping[str, object] | None = None, **more: object
    ) -> int:
        sent = {"data": "e30=", "messageId": "7", "publishTime": "2026-01-01T00:00:00Z"}
        body = {"subscription": "s", "message": message or sent, **more}
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        answer = await self.client.post(URL, content=json.dumps(body), headers=headers)
        return answer.status_code


def pushed_channel(**address: str) -> Channel:
    return harness.channel(
        id="subscription:ordered/write",
        topic="topic:ordered",
        address={"delivery": "push", "audience": AUDIENCE, **address},
    )


@asynccontextmanager
async def service(**address: str) -> AsyncGenerator[Service]:
    tokens = GoogleTokens()
    await tokens.refresh(ISSUER.certificates)
    pushed = Pushed(tokens, "shop-1234")
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
        answer = asyncio.ensure_future(mail.push(ISSUER.token(), message, deliveryAttempt=3))
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
        answer = asyncio.ensure_future(mail.push(ISSUER.token()))
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
        {"aud": "https://other.run.app"},
        {"iss": "https://evil.example"},
        {"email": "push@other-project.iam.gserviceaccount.com"},
        {"email": "push@shop-1234.iam.gserviceaccount.com.evil.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"exp": 1, "iat": 0},
        {"iat": int(time.time()) + 600, "exp": int(time.time()) + 900},
    ],
)
async def test_a_token_that_does_not_prove_it_is_refused(changed: dict[str, object]) -> None:
    async with service() as mail:
        assert await mail.push(ISSUER.token(**changed)) == 403


async def test_a_token_of_another_key_and_no_token_are_refused() -> None:
    async with service() as mail:
        head, claims, _ = ISSUER.token().split(".")
        for token in (Issuer().token(), f"{head}.{claims}.", "x", "", None):
            assert await mail.push(token) == 403


async def test_the_account_that_is_named_is_the_only_one() -> None:
    async with service(account=PUSHER) as mail:
        assert await mail.push(ISSUER.token(email="api@shop-1234.iam.gserviceaccount.com")) == 403
        answer = asyncio.ensure_future(mail.push(ISSUER.token()))
        await (await mail.next()).acknowledge()
        assert await answer == 204


async def test_what_is_no_message_is_refused() -> None:
    async with service() as mail:
        for message in ({"data": "?", "messageId": "1"}, {"data": "e30="}):
            assert await mail.push(ISSUER.token(), message) == 400
        large = {"data": "a" * (17 << 20), "messageId": "1"}
        assert await mail.push(ISSUER.token(), large) == 413


async def test_a_subscription_that_is_not_consumed_here_is_for_another() -> None:
    async with service() as mail:
        headers = {"Authorization": f"Bearer {ISSUER.token()}"}
        answer = await mail.client.post("/__infragraph/push/ordered/other", headers=headers)
        assert answer.status_code == 503


async def test_without_certificates_nothing_is_proved() -> None:
    async def none() -> Mapping[str, str]:
        message = "away"
        raise httpx.ConnectError(message)

    tokens = GoogleTokens()
    assert not await tokens.refresh(none)
    headers = {"authorization": f"Bearer {ISSUER.token()}"}
    with pytest.raises(Exception, match="proves nothing"):
        tokens.account(headers, AUDIENCE)
    assert await tokens.refresh(ISSUER.certificates)
    assert tokens.account(headers, AUDIENCE) == PUSHER
