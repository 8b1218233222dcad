"""The application that the examples of this package are made of."""

from collections.abc import Mapping


def application(  # noqa: PLR0913 - one parameter a part
    target: str,
    *,
    topic: str = 'Topic[Order]("orders")',
    subscription: str = 'shop.subscribe(orders, "ship")',
    cron: str = 'shop.cron("reorder", every="1h")',
    fields: str = "    id: str\n    customer: str\n",
    imports: str = "Service, Topic",
    needs: str = "",
    handler: str = "",
) -> Mapping[str, str]:
    """A shop for one target; what is not given fits every target."""
    return {
        "infragraph.yaml": f"application: shop\ntargets: [{target}]\n",
        "shop.py": f"""\
from dataclasses import dataclass
{needs}
from infragraph import {imports}

shop = Service("shop")


@dataclass(frozen=True)
class Order:
{fields}

orders = {topic}


@{cron}
async def reorder() -> None:
    await publish()


async def publish() -> None:
    await orders.publish(order())


def order() -> Order: ...


@{subscription}
{handler}async def ship(order: Order) -> None: ...
""",
    }
