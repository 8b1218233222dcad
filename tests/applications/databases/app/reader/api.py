from app.reader import reader
from app.store import db, sql


@reader.cron("count", every="1h")
def count() -> None:
    print("counting is left to the endpoint")


@reader.get("/read")
async def read() -> None:
    async with db.transaction() as tx:
        await tx.fetch(sql.ALL)
