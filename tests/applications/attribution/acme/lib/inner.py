from acme.lib.resources import blobs, deep, journal


async def innermost(event):
    await deep.publish(event)
    await journal.fetch_one("select id from entries where id = $1", event.id)


async def never(event):
    await blobs.delete(str(event.id))


async def store(event):
    await blobs.upload(str(event.id), b"")
