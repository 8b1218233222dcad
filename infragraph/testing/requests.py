"""Requests of a test: to the application's endpoints, in place of a network."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from starlette.types import Receive, Scope, Send

from infragraph.runtime.clock import Clock
from infragraph.runtime.http.application import Application
from infragraph.runtime.http.headers import CALLER, SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import SignedProof
from infragraph.testing.outboxes import Outboxes
from infragraph.testing.session import TESTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The application as a client reaches it; `services` are the names by endpoint."""

    application: Application
    services: Mapping[str, str]
    outboxes: Outboxes
    signer: Signer
    clock: Clock

    def client(self, identity: object = None, *, is_known: bool) -> httpx.AsyncClient:
        """A client from outside, or, where it `is_known`, one that acts for `identity`.

        The latter is let in as another service of the application is, on somebody's behalf.
        """

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            given = await self._shown(scope, identity) if is_known else scope
            await self.application(given, receive, send)
            await self.outboxes.flush()

        return httpx.AsyncClient(transport=httpx.ASGITransport(serve), base_url="http://test")

    async def _shown(self, scope: Scope, identity: object) -> Scope:
        """The request with what the service that it is for wants to see."""
        service = self._service(scope)
        if service is None:
            return scope
        proof = SignedProof(signer=self.signer, clock=self.clock, header=SERVICE)
        shown = dict(await proof.token(TESTS, service))
        if identity is not None:
            claims = {"identity": identity}
            shown[CALLER] = self.signer.sign(claims, audience=service, now=self.clock.now())
        raw = [(name.encode(), value.encode()) for name, value in shown.items()]
        return {**scope, "headers": [*scope["headers"], *raw]}

    def _service(self, scope: Scope) -> str | None:
        return self.services.get(self.application.endpoint(scope) or "")
