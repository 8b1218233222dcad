"""Names neither a resource nor the library."""

from acme.lib import inner


async def through(event):
    await inner.innermost(event)


async def shortcut(event):
    await through(event)
