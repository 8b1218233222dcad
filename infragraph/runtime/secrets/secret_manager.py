"""Secrets of Google's Secret Manager."""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from google.api_core.exceptions import GoogleAPIError, NotFound
from google.cloud.secretmanager_v1 import SecretManagerServiceAsyncClient
from google.cloud.secretmanager_v1.services.secret_manager_service.transports import (
    SecretManagerServiceGrpcAsyncIOTransport,
)

from infragraph.runtime.clock import Clock
from infragraph.runtime.clouds.google import GoogleError, transport
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.secrets.refreshed import (
    NO_VALUE,
    RefreshedSecrets,
    SecretError,
    no_secrets,
    refreshed,
    text,
)

EMULATOR = "SECRET_MANAGER_EMULATOR_HOST"
_SECONDS = 10.0


@asynccontextmanager
async def secret_manager(
    secret: Callable[[str], str], names: Iterable[str], clock: Clock
) -> AsyncGenerator[RefreshedSecrets]:
    """A block in which the secrets are fresh; `secret` gives where one is by its name."""
    names = sorted(names)
    if not names:
        yield no_secrets()
        return
    try:
        made = transport(SecretManagerServiceGrpcAsyncIOTransport, EMULATOR)
    except GoogleError as error:
        raise ConfigurationError(str(error)) from error
    client: Any = SecretManagerServiceAsyncClient(transport=made)

    async def fetch(name: str) -> str:
        request = {"name": f"{secret(name)}/versions/latest"}
        try:
            answer = await client.access_secret_version(request=request, timeout=_SECONDS)
        except NotFound as error:
            raise SecretError(NO_VALUE) from error
        except GoogleAPIError as error:
            raise SecretError(str(error)) from error
        return text(bytes(answer.payload.data))

    try:
        async with refreshed(fetch, names, clock) as kept:
            yield kept
    finally:
        await made.close()
