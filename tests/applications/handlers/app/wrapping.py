from functools import wraps

from app.events import audit
from app.payload import Event


def audited(function):
    @wraps(function)
    async def wrapper(event: Event) -> None:
        await audit.publish(event)
        await function(event)

    return wrapper


def retried(*, times):
    def decorate(function):
        @wraps(function)
        async def wrapper(event: Event) -> None:
            for _ in range(times):
                await function(event)

        return wrapper

    return decorate


class Counted:
    """A decorator that is a class."""

    def __init__(self, function):
        self._function = function

    async def __call__(self, event: Event) -> None:
        await self._function(event)
