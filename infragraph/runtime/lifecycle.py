"""A service's hooks, run as the service."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.handlers import Handler, awaitable
from infragraph.runtime.starting import StartError, described
from infragraph.sdk.service import Service


async def start_up(services: Iterable[Service], threads: ThreadPoolExecutor) -> None:
    """Every startup hook in the order of its declaration; the first that raises ends the start.

    Raises:
        StartError: one raised.
    """
    for service in services:
        for hook in service.startup:
            try:
                await _run(service, awaitable(hook, threads))
            except Exception as error:
                name = f"{hook.__module__}.{hook.__qualname__}"
                message = f"startup hook {name} of service {service.name!r}: {described(error)}"
                raise StartError(message) from error


async def shut_down(services: Iterable[Service], threads: ThreadPoolExecutor) -> list[Exception]:
    """Every shutdown hook, last declared first; what they raise, since each has its turn."""
    failures: list[Exception] = []
    for service in reversed(list(services)):
        for hook in reversed(service.shutdown):
            try:
                await _run(service, awaitable(hook, threads))
            except Exception as error:  # noqa: BLE001 - the other hooks must run as well
                failures.append(error)
    return failures


async def _run(service: Service, hook: Handler) -> None:
    token = RUNNING.set(Running(service=service.name))
    try:
        await hook()
    finally:
        RUNNING.reset(token)
