from infragraph import Bucket, Secret, SQLDatabase, Topic

from acme_lib.payload import Event

ledger = SQLDatabase("ledger", migrations=None, shared_with=("orders", "refunds"))
archive = Bucket("archive")
attic = Bucket("attic")
token = Secret("LEDGER_TOKEN")
kept = Topic[Event]("kept")


async def remember(event: Event) -> None:
    await ledger.execute("insert into entries (id) values ($1)", event.id)
    await _keep(event)


async def _keep(event: Event) -> None:
    await archive.upload(str(event.id), token.get().encode())


async def forget(event: Event) -> None:
    await attic.delete(str(event.id))


async def look(event: Event) -> None:
    await attic.download(str(event.id))
