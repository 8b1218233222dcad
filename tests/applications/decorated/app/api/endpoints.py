from app.api import api
from app.decorators import logged, retried
from app.steps import Steps, b, c, tell_a, tell_b


@api.post("/function-a")
async def function_a() -> None:
    await tell_a()


@api.post("/function-b")
async def function_b() -> None:
    await tell_b()


@api.post("/method-a")
async def method_a() -> None:
    await Steps().to_a()


@api.post("/method-b")
async def method_b() -> None:
    await Steps().to_b()


@api.post("/method-c")
async def method_c() -> None:
    await Steps().to_c()


@api.post("/handler-b")
@logged
async def handler_b() -> None:
    await b.publish("")


@api.post("/handler-c")
@logged
@retried(times=5)
async def handler_c() -> None:
    await c.publish("")
