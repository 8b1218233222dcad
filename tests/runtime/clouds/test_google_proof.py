"""A service on Google Cloud is known by the account whose token its call carries."""

from collections.abc import Mapping
from typing import Any

import pytest

from infragraph.runtime.clouds.google_proof import GoogleProof
from infragraph.runtime.clouds.google_tokens import SERVERLESS, GoogleTokens
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import IdentityError
from tests.runtime.clocks import ManualClock
from tests.runtime.google import Issuer, claims_of, without_signature

ISSUER = Issuer()
USERS, ORDERS = "https://users-1.run.app", "https://orders-1.run.app"
TIMES = "infragraph:shop-1234:orders"


def account(name: str) -> str:
    return f"{name}@shop-1234.iam.gserviceaccount.com"


CONFIGURATION = Configuration(
    application="shop",
    environment="prod",
    provider="gcp",
    resources={
        "service:users": {"url": USERS, "audience": USERS, "account": account("users")},
        "service:orders": {"url": ORDERS, "audience": ORDERS, "account": account("orders")},
        "service:old": {"url": "https://old", "audience": "https://old", "account": None},
        "cron:tidy": {"audience": USERS, "account": account("cron"), "guarded": True},
        "cron:open": {"audience": TIMES, "account": account("cron"), "guarded": False},
    },
    settings={"project": "shop-1234"},
)


async def proof(clock: ManualClock | None = None) -> GoogleProof:
    tokens = GoogleTokens()
    await tokens.refresh(ISSUER.certificates)

    async def id_token(audience: str) -> str:
        return ISSUER.token(account("orders"), audience)

    return GoogleProof(
        configuration=CONFIGURATION, tokens=tokens, clock=clock or ManualClock(), id_token=id_token
    )


async def test_a_call_shows_the_same_token_to_cloud_run_and_to_the_service() -> None:
    known = await proof()

    headers = await known.token("orders", "users")

    assert headers == {SERVICE: headers[SERVICE], SERVERLESS: f"Bearer {headers[SERVICE]}"}
    assert claims_of(headers[SERVICE])["aud"] == USERS
    left = {**headers, SERVERLESS: f"Bearer {without_signature(headers[SERVICE])}"}
    assert known.verified(left, "users") == "orders"


async def test_a_token_is_asked_for_again_before_it_ends() -> None:
    clock = ManualClock()
    known = await proof(clock)
    asked: list[str] = []

    async def id_token(audience: str) -> str:
        asked.append(audience)
        return str(len(asked))

    known.id_token = id_token
    for _ in range(3):
        await known.token("orders", "users")
    await known.token("users", "orders")
    assert asked == [USERS, ORDERS]

    await clock.advance(46 * 60)
    assert (await known.token("orders", "users"))[SERVICE] == "3"


@pytest.mark.parametrize(
    "changed",
    [
        {"audience": ORDERS},
        {"iss": "https://evil.example"},
        {"email": account("stranger")},
        {"email": "orders@other-project.iam.gserviceaccount.com"},
        {"email": None},
        {"email_verified": False},
        {"exp": 1, "iat": 0},
    ],
)
async def test_a_token_of_another_or_for_another_proves_nothing(changed: dict[str, Any]) -> None:
    known = await proof()
    token = ISSUER.token(**{"email": account("orders"), "audience": USERS, **changed})

    with pytest.raises(IdentityError):
        known.verified({SERVICE: token}, "users")


async def test_a_service_takes_no_token_without_its_signature() -> None:
    known = await proof()
    token = ISSUER.token(account("orders"), USERS)

    for headers in (
        {},
        {SERVICE: without_signature(token)},
        {SERVICE: Issuer().token(account("orders"), USERS)},
        {SERVERLESS: f"Bearer {without_signature(token)}"},
        {"authorization": f"Bearer {token}"},
    ):
        with pytest.raises(IdentityError):
            known.verified(headers, "users")


CRON = account("cron")
FIRINGS: tuple[tuple[str, Mapping[str, str], bool], ...] = (
    ("tidy", {"authorization": f"Bearer {without_signature(ISSUER.token(CRON, USERS))}"}, True),
    ("tidy", {"authorization": f"Bearer {ISSUER.token(CRON, USERS)}"}, True),
    ("tidy", {"authorization": f"Bearer {ISSUER.token(account('orders'), USERS)}"}, False),
    ("tidy", {"authorization": f"Bearer {ISSUER.token(CRON, ORDERS)}"}, False),
    ("tidy", {SERVICE: ISSUER.token(CRON, USERS)}, False),
    ("tidy", {}, False),
    ("open", {"authorization": f"Bearer {ISSUER.token(CRON, TIMES)}"}, True),
    ("open", {"authorization": f"Bearer {without_signature(ISSUER.token(CRON, TIMES))}"}, False),
    ("open", {"authorization": f"Bearer {ISSUER.token(CRON, USERS)}"}, False),
)


@pytest.mark.parametrize(("cron", "headers", "is_taken"), FIRINGS, ids=range(len(FIRINGS)))
async def test_a_firing_is_by_the_account_of_schedules_alone(
    cron: str,
    headers: Mapping[str, str],
    is_taken: bool,  # noqa: FBT001 - a case
) -> None:
    known = await proof()
    if is_taken:
        known.scheduled(headers, cron, "users")
    else:
        with pytest.raises(IdentityError):
            known.scheduled(headers, cron, "users")
