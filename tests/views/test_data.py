from infragraph.views.data import data
from tests.views.scenes import arrows, scene, shapes

TEXT = """\

files = Bucket("files")
key = Secret("KEY")
spare = Secret("SPARE")
orders = Topic[Order]("orders")
db = SQLDatabase("shop")
shop = Service("shop")

@shop.post("/orders", access="public")
async def place(order: Order) -> None:
    await orders.publish(order)
    await db.execute("insert into orders values ($1)", order.id)
    await files.upload("a", b"")

@shop.get("/orders", access="public")
async def list_orders() -> None:
    await db.fetch_one("select id from orders")
    await db.execute("delete from orders")
    await files.upload("a", b"")
    await files.download("a")

@shop.cron("late", every="1h")
async def late() -> None:
    await db.fetch_one("select id from orders")
    key.get()

@shop.cron("idle", every="1h")
async def idle() -> None: ...
"""


def test_arrows_say_what_is_done_with_a_store() -> None:
    assert arrows(data(scene(TEXT))) == [
        "cron:late -> database:shop: reads",
        "cron:late -> secret:KEY: reads",
        "endpoint:shop/list_orders -> bucket:files: download, upload",
        "endpoint:shop/list_orders -> database:shop: reads, writes",
        "endpoint:shop/place -> bucket:files: upload",
        "endpoint:shop/place -> database:shop: writes",
    ]


def test_stores_that_nobody_uses_are_there_and_who_uses_none_is_not() -> None:
    assert shapes(data(scene(TEXT))) == [
        "group:shop > bucket:files",
        "group:shop > cron:late | every 1 h",
        "group:shop > database:shop",
        "group:shop > endpoint:shop/list_orders | GET /orders | public",
        "group:shop > endpoint:shop/place | POST /orders | public",
        "group:shop > secret:KEY",
        "group:shop > secret:SPARE | unused",
    ]
