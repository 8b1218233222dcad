"""The event loop of a process that serves."""

import asyncio
from collections.abc import Callable


def new_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes uvloop's, where it is installed; None for the standard one."""
    try:
        import uvloop  # noqa: PLC0415 - there is none for Windows
    except ModuleNotFoundError:
        return None
    return uvloop.new_event_loop
