"""Who may call an endpoint, and on whose behalf the handler then runs."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from infragraph.runtime.clock import Clock
from infragraph.runtime.http.headers import CALLER
from infragraph.runtime.identity import IdentityError, Signer
from infragraph.runtime.interface import Interface
from infragraph.runtime.peers import Peers
from infragraph.sdk.errors import PermissionDenied, Unauthenticated

Authenticate = Callable[[Request], Awaitable[bytes]]
"""Asks the application's auth handler; gives the identity as JSON, or raises `Unauthenticated`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorman:
    """Lets requests in, or does not."""

    peers: Peers
    signer: Signer
    clock: Clock
    authenticate: Authenticate | None

    async def caller(
        self, request: Request, interface: Interface, said: Mapping[str, str]
    ) -> bytes | None:
        """The identity on whose behalf the handler runs, None where nobody is identified.

        `said` are the request's headers by which services speak to each other.

        Raises:
            Unauthenticated: it is not known who calls.
            PermissionDenied: it is known, and the graph has no such call.
        """
        service = interface.endpoint.service
        peer = self._peer(said, service)
        if peer is not None:
            if not self.peers.calls(peer, interface.node):
                message = f"service {peer!r} has no call of {interface.node}"
                raise PermissionDenied(message)
            caller = self._carried(said, service)
            if caller is not None or interface.endpoint.access != "auth":
                return caller
        elif interface.endpoint.access == "private":
            message = "this endpoint is for services of the application alone"
            raise PermissionDenied(message)
        if interface.endpoint.access != "auth":
            return None
        if self.authenticate is None:
            message = "the application has no auth handler"
            raise Unauthenticated(message)
        return await self.authenticate(request)

    def _peer(self, headers: Mapping[str, str], service: str) -> str | None:
        """The service that shows itself; who proves nothing is as anyone else."""
        try:
            return self.peers.proof.verified(headers, service)
        except IdentityError:
            return None

    def _carried(self, headers: Mapping[str, str], service: str) -> bytes | None:
        """The identity that the calling service passes on."""
        token = headers.get(CALLER)
        if token is None:
            return None
        try:
            claims = self.signer.verify(token, audience=service, now=self.clock.now())
        except IdentityError as error:
            message = "the caller's identity is not signed for this service"
            raise Unauthenticated(message) from error
        return json.dumps(claims["identity"]).encode()
