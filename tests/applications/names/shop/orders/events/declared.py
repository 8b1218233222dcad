import infragraph as ig
from infragraph import Topic as Stream

from shop.payload import Event

__all__ = ["placed"]

placed = Stream[Event]("order-placed")
shipped = ig.Topic[Event]("order-shipped")

EventStream = Stream[Event]
returned = EventStream("order-returned")

internal = Stream[Event]("order-internal")

__all__ += ["shipped"]
__all__.extend(["returned"])
