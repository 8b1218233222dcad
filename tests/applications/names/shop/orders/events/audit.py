from infragraph import Topic

from shop.payload import Event

internal = Topic[Event]("order-audit")
