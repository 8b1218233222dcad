"""How a handler is called: awaited, or in a bounded pool of threads."""

import asyncio
import contextvars
import functools
import inspect
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_origin, get_type_hints

from infragraph.sdk.endpoint import Endpoint
from infragraph.sdk.message import Message

Handler = Callable[..., Awaitable[Any]]


def awaitable(handler: Callable[..., Any], threads: ThreadPoolExecutor) -> Handler:
    """The handler as a coroutine function; a plain one runs in a thread, with the same context."""
    function = plain(handler)
    if inspect.iscoroutinefunction(function):
        return function

    async def in_thread(*args: Any, **kwargs: Any) -> Any:
        context = contextvars.copy_context()
        call = functools.partial(context.run, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(threads, call)

    return in_thread


def plain(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The function itself: a handler that is an endpoint too is called in place here."""
    while isinstance(handler, Endpoint):
        handler = handler.handler
    return handler


def takes_message(handler: Callable[..., Any]) -> bool:
    """Whether a subscription's handler asks for the `Message`, not for the payload alone."""
    function = plain(handler)
    parameters = list(inspect.signature(function).parameters.values())
    hint = get_type_hints(function).get(parameters[0].name) if parameters else None
    return hint is Message or get_origin(hint) is Message
