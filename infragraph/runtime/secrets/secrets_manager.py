"""Secrets of AWS Secrets Manager."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager

from infragraph.runtime.clock import Clock
from infragraph.runtime.clouds.aws import AwsError, AwsService
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.secrets.refreshed import (
    NO_VALUE,
    RefreshedSecrets,
    SecretError,
    no_secrets,
    refreshed,
    text,
)


@asynccontextmanager
async def secrets_manager(
    region: str, arn: Callable[[str], str], names: Iterable[str], clock: Clock
) -> AsyncGenerator[RefreshedSecrets]:
    """A block in which the secrets are fresh; `arn` gives where one is by its name."""
    names = sorted(names)
    if not names:
        yield no_secrets()
        return
    try:
        service = await asyncio.to_thread(AwsService, "secretsmanager", region)
    except AwsError as error:
        raise ConfigurationError(str(error)) from error

    async def fetch(name: str) -> str:
        try:
            answer = await service.call("GetSecretValue", {"SecretId": arn(name)})
        except AwsError as error:
            raise SecretError(_said(error)) from error
        value = answer.get("SecretString")
        return value if isinstance(value, str) else text(bytes(answer["SecretBinary"]))

    try:
        async with refreshed(fetch, names, clock) as kept:
            yield kept
    finally:
        await service.close()


def _said(error: AwsError) -> str:
    """AWS knows a secret that has no value as one of whose values there is none."""
    return NO_VALUE if error.code == "ResourceNotFoundException" else str(error)
