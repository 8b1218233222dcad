"""Nothing here names the library or a topic."""

from functools import partial, wraps


async def first(topic, event):
    await second(event, where=topic)


async def second(event, *, where):
    await third((where, event))


async def third(both):
    topic, event = both
    await topic.publish(event)


async def spread(event, *topics):
    for topic in topics:
        await topic.publish(event)


async def forward(*args, **kwargs):
    await second(*args, **kwargs)


async def apply(function, *args):
    await function(*args)


def bound(topic):
    return partial(first, topic)


def closed(topic):
    async def inner(event):
        await topic.publish(event)

    return inner


def announcing(topic):
    """A decorator with an argument."""

    def decorate(function):
        @wraps(function)
        async def wrapper(event):
            await topic.publish(event)
            return await function(event)

        return wrapper

    return decorate


def plain(function):
    """A decorator without one."""

    @wraps(function)
    async def wrapper(event):
        return await function(event)

    return wrapper
