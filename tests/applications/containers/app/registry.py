from collections.abc import Awaitable, Callable

from app.payload import Event

HANDLERS: dict[str, Callable[[Event], Awaitable[None]]] = {}
LISTENERS = []


def register(name: str):
    def decorate(function):
        HANDLERS[name] = function
        return function

    return decorate


def listens(function):
    LISTENERS.append(function)
    return function


class Plugin:
    known: list[type["Plugin"]] = []

    def __init_subclass__(cls) -> None:
        Plugin.known.append(cls)

    async def run(self, event: Event) -> None:
        raise NotImplementedError
