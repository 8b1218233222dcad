"""Uses of endpoints and of who is calling that are type errors."""

from infragraph import AuthHandler, Service

users = Service("users")


@users.get("/users/{number}")
async def get_user(number: int) -> str:
    return str(number)


@users.post("/count")
def count(words: list[str]) -> int:
    return len(words)


@users.auth_handler
async def authenticate(request: bytes) -> str:
    return request.decode()


async def calls() -> None:
    await get_user("1")  # error: arg-type, reportArgumentType
    await get_user()  # error: call-arg, reportCallIssue
    await get_user(1, 2)  # error: call-arg, reportCallIssue
    await get_user(other=1)  # error: call-arg, reportCallIssue
    number: int = await get_user(1)  # error: assignment, reportAssignmentType
    await count(["a"])  # error: misc, reportGeneralTypeIssues
    caller: int = authenticate.caller()  # error: assignment, reportAssignmentType
    del number, caller


@users.get("/a", access="everybody")  # error: arg-type, reportArgumentType
async def wrong_access() -> None: ...


@users.get("/b", "public")  # error: call-arg, reportCallIssue
async def options_by_position() -> None: ...


@users.get("/c", limit=3)  # error: call-arg, reportCallIssue
async def unknown_option() -> None: ...


@users.get("/d", tags="users")  # error: arg-type, reportArgumentType
async def tags_as_text() -> None: ...


@users.auth_handler  # error: arg-type, reportArgumentType
def not_awaitable(request: bytes) -> str:
    return request.decode()


def app(scope: object) -> None:
    del scope


users.mount("/admin", app)  # error: arg-type, reportArgumentType
wrong: AuthHandler[int] = authenticate  # error: assignment, reportAssignmentType
