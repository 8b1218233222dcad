"""The other services of the application: where they are, and how each side proves who it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.identity import IdentityError, Signer

SCHEDULER = "infragraph-scheduler"
"""As what a scheduler that signs shows itself: the name of no service."""


class Proof(Protocol):
    """How a service shows another who it is; a cloud has its own way."""

    async def token(self, source: str, target: str) -> Mapping[str, str]:
        """The headers by which service `source` shows itself to service `target`."""
        ...

    def verified(self, headers: Mapping[str, str], target: str) -> str:
        """The name of the service that sent `headers`.

        Raises:
            IdentityError: it did not show which it is.
        """
        ...

    def scheduled(self, headers: Mapping[str, str], cron: str, target: str) -> None:
        """Returns where `headers` are of whoever keeps the time of a cron of service `target`.

        Raises:
            IdentityError: somebody else sent them.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """`calls` says whether the graph has an edge from a service to an endpoint."""

    configuration: Configuration
    proof: Proof
    calls: Callable[[str, str], bool]

    def url(self, service: str) -> str:
        """Where a service answers, without a slash at the end."""
        return str(self.configuration.address(f"service:{service}")["url"]).rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedProof:
    """Services that share a key sign for each other."""

    signer: Signer
    clock: Clock
    header: str

    async def token(self, source: str, target: str) -> Mapping[str, str]:
        claims = {"sub": f"service:{source}"}
        signed = self.signer.sign(claims, audience=f"service:{target}", now=self.clock.now())
        return {self.header: signed}

    def verified(self, headers: Mapping[str, str], target: str) -> str:
        token = headers.get(self.header)
        if token is None:
            message = "no service shows itself"
            raise IdentityError(message)
        claims: dict[str, Any] = self.signer.verify(
            token, audience=f"service:{target}", now=self.clock.now()
        )
        return str(claims["sub"]).removeprefix("service:")

    def scheduled(self, headers: Mapping[str, str], cron: str, target: str) -> None:
        del cron
        asking = self.verified(headers, target)
        if asking != SCHEDULER:
            message = f"{asking!r} keeps no time"
            raise IdentityError(message)
