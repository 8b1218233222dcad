from infragraph import Topic

from shop.orders.events import declared
from shop.orders.events.declared import *
from shop.payload import Event

__all__ = ["paid"]
__all__ += declared.__all__

paid = Topic[Event]("order-paid")
