from dataclasses import dataclass

from bench import bench
from infragraph import Topic


@dataclass(frozen=True)
class Order:
    id: int
    name: str
    tags: list[str]


orders = Topic[Order]("orders")


@bench.post("/orders", access="public")
async def echo(order: Order) -> Order:
    return order


@bench.post("/placed", access="public")
async def place(order: Order) -> str:
    return await orders.publish(order)


@bench.subscribe(orders, "count", concurrency=100)
async def count(order: Order) -> None:
    del order
