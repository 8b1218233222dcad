"""Uses of the other resources, of crons and of hooks that are type errors."""

from infragraph import Bucket, Secret, Service, SQLDatabase

users = Service("users")
db = SQLDatabase("users")
avatars = Bucket("avatars")
key = Secret("STRIPE_KEY")


async def verbs() -> None:
    await key.get()  # error: misc, reportGeneralTypeIssues
    await avatars.upload("a", "text")  # error: arg-type, reportArgumentType
    await avatars.signed_url("a", method="POST")  # error: arg-type, reportArgumentType
    avatars.list("a", "b")  # error: call-arg, reportCallIssue
    await db.execute(1)  # error: arg-type, reportArgumentType
    row = await db.fetch_one("select 1")
    row["n"]  # error: index, reportOptionalSubscript
    db.url()  # error: operator, reportCallIssue
    with db.transaction():  # error: attr-defined, reportGeneralTypeIssues
        pass


SQLDatabase("other", "migrations")  # error: call-arg, reportCallIssue
SQLDatabase("other", shared_with="emails")  # error: arg-type, reportArgumentType
Bucket("other", public="yes")  # error: arg-type, reportArgumentType
Secret(name=1)  # error: arg-type, reportArgumentType


@users.cron("both", every="1h", schedule="0 4 * * *")  # error: call-overload, reportCallIssue
async def both() -> None: ...


@users.cron("neither")  # error: call-overload, reportCallIssue
async def neither() -> None: ...


@users.cron("zone", every="1h", timezone="Europe/Rome")  # error: call-overload, reportCallIssue
async def timezone_of_a_period() -> None: ...


@users.cron("required", every="1h")  # error: type-var, reportArgumentType
async def required(number: int) -> None: ...


@users.on_startup  # error: type-var, reportArgumentType
async def hook(number: int) -> None: ...
