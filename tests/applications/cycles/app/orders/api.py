from app.orders import db, orders


@orders.get("/orders/{id}")
async def get(id: int) -> str:
    row = await db.fetch_one("select name from orders where id = $1", id)
    return "" if row is None else str(row["name"])
