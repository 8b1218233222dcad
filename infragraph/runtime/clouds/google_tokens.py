"""Tokens by which accounts of Google show who they are, held against Google's certificates.

Cloud Run takes the signature of a token that it has checked itself, so that a service cannot use it
again: what it leaves proves who came to a service that lets in nobody else, and nothing elsewhere.

https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions and
https://cloud.google.com/run/docs/troubleshooting#signature-removed (read 2026-11-25)
"""

import asyncio
import logging
import os
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import google.auth.exceptions
import google.auth.jwt
import httpx

from infragraph.runtime.clock import Clock
from infragraph.runtime.identity import IdentityError

LOG = logging.getLogger("infragraph.google")

CERTIFICATES = "INFRAGRAPH_GOOGLE_CERTIFICATES"
"""The variable with another address of the certificates than Google's own."""

AUTHORIZATION = "authorization"
SERVERLESS = "x-serverless-authorization"
"""What Cloud Run looks at in place of Authorization, where a request has both."""

_CERTIFICATES = "https://www.googleapis.com/oauth2/v1/certs"
_REMOVED = ".SIGNATURE_REMOVED_BY_GOOGLE"
_ISSUERS = frozenset({"accounts.google.com", "https://accounts.google.com"})
_SECONDS = 3600.0
_SOON_SECONDS = 15.0
_FETCH_SECONDS = 10.0
_LEEWAY_SECONDS = 10
_BEARER = "bearer "

Fetch = Callable[[], Awaitable[Mapping[str, str]]]
"""Gives certificates as PEM by their key ids."""


class GoogleTokens:
    """Verifies tokens by certificates that `kept` keeps fresh."""

    def __init__(self) -> None:
        self._certificates: Mapping[str, str] = {}

    def account(self, headers: Mapping[str, str], audience: str, *, guarded: bool = False) -> str:
        """The e-mail address of the account whose token is a request's Authorization.

        `guarded` says that Cloud Run lets nobody in whose token it has not checked.

        Raises:
            IdentityError: it shows none, or for another audience.
        """
        written = headers.get(AUTHORIZATION, "")
        if not written.lower().startswith(_BEARER):
            message = "no account of Google shows itself"
            raise IdentityError(message)
        token = written[len(_BEARER) :].strip()
        if token.endswith(_REMOVED) and guarded:
            return self._checked(headers, token, audience)
        return self.verified(token, audience)

    def verified(self, token: str, audience: str) -> str:
        """The e-mail address of the account that a token is of.

        Raises:
            IdentityError: it proves nothing, or for another audience.
        """
        return _email(self._claims(token, audience))

    def _checked(self, headers: Mapping[str, str], token: str, audience: str) -> str:
        if SERVERLESS in headers:
            message = "Cloud Run looked at another token than this one"
            raise IdentityError(message)
        claims = _unsigned(token)
        if claims.get("aud") != audience:
            message = f"the token is for {claims.get('aud')!r}, not for {audience!r}"
            raise IdentityError(message)
        expiry = claims.get("exp")
        if not isinstance(expiry, int) or time.time() > expiry + _LEEWAY_SECONDS:
            message = "the token is too old"
            raise IdentityError(message)
        return _email(claims)

    async def refresh(self, fetch: Fetch) -> bool:
        """Fetch the certificates; what cannot be fetched stays as it was."""
        try:
            self._certificates = await fetch()
        except (httpx.HTTPError, ValueError) as error:
            LOG.warning("Google's certificates were not given: %s", error)
            return False
        return True

    def _claims(self, token: str, audience: str) -> Mapping[str, Any]:
        try:
            claims: Mapping[str, Any] = cast("Any", google.auth.jwt).decode(
                token,
                certs=dict(self._certificates),
                audience=audience,
                clock_skew_in_seconds=_LEEWAY_SECONDS,
            )
        except (google.auth.exceptions.GoogleAuthError, ValueError) as error:
            message = f"the token proves nothing: {error}"
            raise IdentityError(message) from error
        return claims


@asynccontextmanager
async def kept(
    tokens: GoogleTokens, clock: Clock, fetch: Fetch | None = None
) -> AsyncGenerator[GoogleTokens]:
    """A block in which the certificates are kept fresh; until there are any nothing is proved."""
    found = fetch or _fetched

    async def keep() -> None:
        while True:
            has = await tokens.refresh(found)
            await clock.sleep(_SECONDS if has else _SOON_SECONDS)

    task = asyncio.create_task(keep())
    try:
        yield tokens
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _fetched() -> Mapping[str, str]:
    async with httpx.AsyncClient(timeout=_FETCH_SECONDS) as client:
        answer = await client.get(os.environ.get(CERTIFICATES, _CERTIFICATES))
        answer.raise_for_status()
        return cast("Mapping[str, str]", answer.json())


def _unsigned(token: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = cast("Any", google.auth.jwt).decode(token, verify=False)
    except (google.auth.exceptions.GoogleAuthError, ValueError) as error:
        message = f"the token says nothing: {error}"
        raise IdentityError(message) from error
    return claims


def _email(claims: Mapping[str, Any]) -> str:
    if claims.get("iss") not in _ISSUERS:
        message = f"the token is by {claims.get('iss')!r}, not by Google"
        raise IdentityError(message)
    if claims.get("email_verified") is not True:
        message = "the token has no verified account"
        raise IdentityError(message)
    return str(claims.get("email", ""))
