"""Secrets that a cloud keeps: fetched before a service starts, and again every five minutes."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress

from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import ConfigurationError
from infragraph.sdk.secret import Secret

LOG = logging.getLogger("infragraph.secrets")

_SECONDS = 300.0

Fetch = Callable[[str], Awaitable[str]]
"""Gives the value of a secret by its name."""


class SecretError(Exception):
    """A secret was not given; the text never has a value."""


class RefreshedSecrets:
    """Those that this process's services read; what cannot be fetched again stays as it was."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._values: dict[str, str] = {}

    def __call__(self, secret: Secret) -> str:
        """The value.

        Raises:
            SecretError: the graph does not say that a service here reads it.
        """
        try:
            return self._values[secret.name]
        except KeyError:
            message = f"secret {secret.name!r} is read by no service here, as the graph has it"
            raise SecretError(message) from None

    async def refresh(self, names: Iterable[str]) -> dict[str, SecretError]:
        """Fetch all; gives what was not given, by name."""
        asked = sorted(names)
        given = await asyncio.gather(*map(self._fetch, asked), return_exceptions=True)
        failed: dict[str, SecretError] = {}
        for name, value in zip(asked, given, strict=True):
            if isinstance(value, str):
                self._values[name] = value
            elif isinstance(value, SecretError):
                failed[name] = value
            else:
                raise value
        return failed


def text(value: bytes) -> str:
    """A value as applications read it.

    Raises:
        SecretError: it is no text.
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        message = "its value is no text in UTF-8"
        raise SecretError(message) from None


NO_VALUE = "it has no value: give it one by 'infragraph secrets set'"


def no_secrets() -> RefreshedSecrets:
    """Of a process whose services read none."""

    async def none(name: str) -> str:
        raise SecretError(name)

    return RefreshedSecrets(none)


@asynccontextmanager
async def refreshed(
    fetch: Fetch, names: Iterable[str], clock: Clock
) -> AsyncGenerator[RefreshedSecrets]:
    """A block in which they are kept fresh.

    Raises:
        ConfigurationError: some have no value yet.
    """
    kept = RefreshedSecrets(fetch)
    names = sorted(names)
    failed = await kept.refresh(names)
    if failed:
        message = "; ".join(f"secret {name!r}: {why}" for name, why in sorted(failed.items()))
        raise ConfigurationError(message)
    task = asyncio.create_task(_keep(kept, names, clock))
    try:
        yield kept
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep(kept: RefreshedSecrets, names: list[str], clock: Clock) -> None:
    while names:
        await clock.sleep(_SECONDS)
        for name, why in sorted((await kept.refresh(names)).items()):
            LOG.warning("secret %r is as it was, since it was not given again: %s", name, why)
