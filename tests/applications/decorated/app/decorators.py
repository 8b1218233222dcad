"""Decorators as teams write them: each application of one wraps a function of its own."""

import functools


def logged(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await function(*args, **kwargs)

    return wrapper


def retried(times):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            for _ in range(times):
                try:
                    return await function(*args, **kwargs)
                except OSError:
                    continue
            raise TimeoutError

        return wrapper

    return decorate
