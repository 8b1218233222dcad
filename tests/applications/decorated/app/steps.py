from infragraph import Topic

from app.decorators import logged, retried

a = Topic[str]("a", external=True)
b = Topic[str]("b", external=True)
c = Topic[str]("c", external=True)


@logged
async def tell_a() -> None:
    await a.publish("")


@logged
async def tell_b() -> None:
    await b.publish("")


class Steps:
    @logged
    async def to_a(self) -> None:
        await a.publish("")

    @retried(3)
    async def to_b(self) -> None:
        await b.publish("")

    @retried(times=2)
    async def to_c(self) -> None:
        await c.publish("")
