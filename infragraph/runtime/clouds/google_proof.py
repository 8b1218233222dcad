"""How services on Google Cloud show each other who they are: by tokens of their accounts.

A call carries its token twice. Cloud Run reads it in a header of its own, lets in whom an edge of
the graph permits, and takes the signature; the service reads the other one, and holds the signature
against Google's certificates, and the account against that of each service. Authorization stays
that of whoever made the first request.

https://cloud.google.com/run/docs/authenticating/service-to-service (read 2026-11-25)
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import google.auth.exceptions

from infragraph.runtime.clock import Clock
from infragraph.runtime.clouds.google_tokens import SERVERLESS, GoogleTokens
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import IdentityError
from infragraph.sdk.errors import Unavailable

LOG = logging.getLogger("infragraph.google")

# Google's tokens live for an hour.
_LIFETIME = timedelta(minutes=45)
_SERVICE = "service:"

IdToken = Callable[[str], Awaitable[str]]
"""Gives a token of the account that this process runs as, for an audience."""


@dataclass(slots=True, kw_only=True)
class GoogleProof:
    """The accounts are those that the runtime configuration names."""

    configuration: Configuration
    tokens: GoogleTokens
    clock: Clock
    id_token: IdToken
    _known: dict[str, tuple[str, datetime]] = field(default_factory=dict[str, tuple[str, datetime]])

    async def token(self, source: str, target: str) -> Mapping[str, str]:
        """The account is the process's, which runs `source` alone."""
        del source
        audience = self._audience(target)
        written, until = self._known.get(audience, ("", self.clock.now()))
        if self.clock.now() >= until:
            written = await self.id_token(audience)
            self._known[audience] = written, self.clock.now() + _LIFETIME
        return {SERVICE: written, SERVERLESS: f"Bearer {written}"}

    def verified(self, headers: Mapping[str, str], target: str) -> str:
        token = headers.get(SERVICE)
        if token is None:
            message = "no service shows itself"
            raise IdentityError(message)
        account = self.tokens.verified(token, self._audience(target))
        for node, entry in sorted(self.configuration.resources.items()):
            if node.startswith(_SERVICE) and entry.get("account") == account:
                return node.removeprefix(_SERVICE)
        message = f"{account!r} is the account of no service"
        raise IdentityError(message)

    def scheduled(self, headers: Mapping[str, str], cron: str, target: str) -> None:
        del target
        entry = self.configuration.address(f"cron:{cron}")
        account = self.tokens.account(
            headers, str(entry["audience"]), guarded=entry["guarded"] is True
        )
        if account != entry["account"]:
            message = f"{account!r} is not the account of schedules"
            raise IdentityError(message)

    def _audience(self, service: str) -> str:
        return str(self.configuration.address(f"{_SERVICE}{service}")["audience"])


async def id_token(audience: str) -> str:
    """Asked of the metadata server, or made by the key that the environment names.

    Raises:
        Unavailable: it is not given.
    """
    # They need a client of their own, which only a call to another service asks for.
    from google.auth.transport import requests  # noqa: PLC0415
    from google.oauth2 import id_token as tokens  # noqa: PLC0415

    def fetched() -> str:
        request: Any = requests
        return str(cast("Any", tokens).fetch_id_token(request.Request(), audience))

    try:
        return await asyncio.to_thread(fetched)
    except google.auth.exceptions.GoogleAuthError as error:
        # Its text may hold what was answered, and this error's is for whoever called.
        LOG.warning("no token is given to call %s with: %s", audience, type(error).__name__)
        message = "the service cannot show itself to another one now"
        raise Unavailable(message) from error
