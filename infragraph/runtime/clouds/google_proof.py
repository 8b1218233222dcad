"""How services on Google Cloud show each other who they are.

Cloud Run lets in whom an edge of the graph permits, by the token of the calling account; which
service calls is signed as everywhere. Cloud Scheduler shows itself by the token of its account.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from infragraph.runtime.clock import Clock
from infragraph.runtime.clouds.google_tokens import GoogleTokens
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.crons import SCHEDULER
from infragraph.runtime.identity import IdentityError
from infragraph.runtime.peers import SignedProof

SERVERLESS = "x-serverless-authorization"
"""What Cloud Run looks at in place of Authorization, which is the caller's own."""

# Google's tokens live for an hour.
_LIFETIME = timedelta(minutes=45)

IdToken = Callable[[str], Awaitable[str]]
"""Gives a token of the account that this process runs as, for an audience."""


@dataclass(slots=True, kw_only=True)
class GoogleProof:
    """`signed` says which service calls; Google's tokens get it there."""

    configuration: Configuration
    signed: SignedProof
    tokens: GoogleTokens
    clock: Clock
    id_token: IdToken
    _known: dict[str, tuple[str, datetime]] = field(default_factory=dict[str, tuple[str, datetime]])

    async def token(self, source: str, target: str) -> Mapping[str, str]:
        audience = self._audience(target)
        written, until = self._known.get(audience, ("", self.clock.now()))
        if self.clock.now() >= until:
            written = await self.id_token(audience)
            self._known[audience] = written, self.clock.now() + _LIFETIME
        return {**await self.signed.token(source, target), SERVERLESS: f"Bearer {written}"}

    def verified(self, headers: Mapping[str, str], target: str) -> str:
        if self.signed.header in headers:
            return self.signed.verified(headers, target)
        account = self.tokens.account(headers, self._audience(target))
        domain = f"@{self.configuration.settings['project']}.iam.gserviceaccount.com"
        if not account.endswith(domain):
            message = f"{account!r} is no account of the project"
            raise IdentityError(message)
        return SCHEDULER

    def _audience(self, service: str) -> str:
        return str(self.configuration.address(f"service:{service}")["audience"])


async def id_token(audience: str) -> str:
    """Asked of the metadata server, or made by the key that the environment names."""
    # They need a client of their own, which only a call to another service asks for.
    from google.auth.transport import requests  # noqa: PLC0415
    from google.oauth2 import id_token as tokens  # noqa: PLC0415

    def fetched() -> str:
        request: Any = requests
        return str(cast("Any", tokens).fetch_id_token(request.Request(), audience))

    return await asyncio.to_thread(fetched)
