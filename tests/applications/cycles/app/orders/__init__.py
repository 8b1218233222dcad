"""A package that imports its own endpoints last, once what they need is there."""

from infragraph import Service, SQLDatabase

orders = Service("orders")
db = SQLDatabase("orders", migrations=None)

from app.orders import api  # noqa: E402

__all__ = ["api", "db", "orders"]
